/** A worker thread and its ports; a synchronous call waits with `Atomics.wait`. */
import {
  MessageChannel,
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import type { Service, Value } from '../../scenarios/scenario.ts';
import type { NodeContender } from '../contender.ts';
import { overPipe, type Packet, type Pipe, servePipe } from './packets.ts';

/** What the worker gets for synchronous calls: the answer's port, and the count of answers. */
interface SyncLane {
  readonly port: MessagePort;
  readonly answered: Int32Array;
}

export const messagePort: NodeContender = {
  id: 'message-port',
  title: 'worker_threads MessagePort',
  can: ['callSync', 'request', 'post'],
  oneProcess: true,
  async connect({ script, env }) {
    const { port1: calls, port2: theirs } = new MessageChannel();
    const answered = new Int32Array(new SharedArrayBuffer(4));
    const lane: SyncLane = { port: theirs, answered };
    const worker = new Worker(script, { env, workerData: lane, transferList: [theirs] });
    worker.on('error', (error) => {
      throw error;
    });
    const pipe = overPort(worker, () => worker.terminate().then(() => calls.close()));
    return {
      ...overPipe(pipe),
      callSync(value) {
        const before = Atomics.load(answered, 0);
        calls.postMessage(value);
        // A late wake-up of the call before may come here, so only the count is reliable.
        while (Atomics.load(answered, 0) === before) Atomics.wait(answered, 0, before);
        return receiveMessageOnPort(calls)?.message as Value;
      },
    };
  },
  serve(service) {
    if (parentPort === null) throw new Error('a MessagePort contender is served in a worker');
    servePipe(
      overPort(parentPort, () => process.exit()),
      service,
    );
    serveCalls(workerData as SyncLane, service);
  },
};

function overPort(end: Worker | MessagePort, close: Pipe['close']): Pipe {
  return {
    send: (packet) => end.postMessage(packet),
    onPacket: (listener) => void end.on('message', (packet: Packet) => listener(packet)),
    close,
  };
}

function serveCalls({ port, answered }: SyncLane, service: Service): void {
  port.on('message', (value: Value) => {
    port.postMessage(service.answer(value));
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
}
