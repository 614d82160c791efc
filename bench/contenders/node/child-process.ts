/** `child_process.fork` and its messages, in both ways it can write them. */
import { type ChildProcess, fork, type SerializationType } from 'node:child_process';
import { once } from 'node:events';
import type { Value } from '../../scenarios/scenario.ts';
import type { NodeContender } from '../contender.ts';
import { overPipe, type Packet, type Pipe, servePipe } from './packets.ts';

interface Coding {
  encode(packet: Packet): Packet | readonly [number, Encoded];
  decode(packet: Packet | readonly [number, Encoded]): Packet;
}
interface Encoded {
  readonly base64: string;
}

/** JSON has no bytes: base64 is what people use. */
const base64: Coding = {
  encode: (packet) => {
    const [id, value] = packet;
    if (!(value instanceof Uint8Array)) return packet;
    const { buffer, byteOffset, byteLength } = value;
    return [id, { base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }];
  },
  decode: ([id, value]) => [
    id,
    typeof value === 'object' && 'base64' in value
      ? (Buffer.from(value.base64, 'base64') as Value)
      : value,
  ],
};

const asItIs: Coding = { encode: (packet) => packet, decode: (packet) => packet as Packet };

function childProcess(
  id: string,
  title: string,
  serialization: SerializationType,
  coding: Coding,
): NodeContender {
  const pipe = (end: ChildProcess | NodeJS.Process, close: Pipe['close']): Pipe => ({
    send: (packet) => void end.send?.(coding.encode(packet)),
    onPacket: (listener) =>
      void end.on('message', (packet) => listener(coding.decode(packet as Packet))),
    close,
  });
  return {
    id,
    title,
    can: ['request', 'post'],
    async connect({ script, env }) {
      const child = fork(script, { env, serialization });
      await once(child, 'spawn');
      return overPipe(pipe(child, () => child.disconnect()));
    },
    serve: (service) =>
      servePipe(
        pipe(process, () => process.disconnect()),
        service,
      ),
  };
}

export const childJson: NodeContender = childProcess(
  'child-json',
  'child_process, json',
  'json',
  base64,
);
export const childAdvanced: NodeContender = childProcess(
  'child-advanced',
  'child_process, advanced',
  'advanced',
  asItIs,
);
