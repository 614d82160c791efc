/** Requests and answers over a connection that only delivers packets, in order. */
import type { Abilities, Connection, Service, Value } from '../../scenarios/scenario.ts';

/** Its number, or 0 when no answer is wanted; and the value. */
export type Packet = readonly [id: number, value: Value];

export interface Pipe {
  send(packet: Packet): void;
  onPacket(listener: (packet: Packet) => void): void;
  close(): void | Promise<void>;
}

export function overPipe(pipe: Pipe): Connection & Pick<Abilities, 'request' | 'post'> {
  const waiting = new Map<number, (value: Value) => void>();
  let last = 0;
  pipe.onPacket(([id, value]) => {
    const resolve = waiting.get(id);
    waiting.delete(id);
    resolve?.(value);
  });
  return {
    request: (value) =>
      new Promise((resolve) => {
        waiting.set(++last, resolve);
        pipe.send([last, value]);
      }),
    post: (value) => pipe.send([0, value]),
    close: () => pipe.close(),
  };
}

export function servePipe(pipe: Pipe, service: Service): void {
  pipe.onPacket(([id, value]) => {
    if (id === 0) service.receive(value);
    else pipe.send([id, service.answer(value)]);
  });
}
