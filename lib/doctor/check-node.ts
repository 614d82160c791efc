import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Peer } from '../index.ts';

/** The same as an application has. */
const { createSharedBuffer, fork } = require('./index.cjs') as typeof import('../index.ts');

/** Milliseconds for each thing that the other process is to do. */
const patience = 20_000;

/** Forks a process of this Node, and returns what does not work between the two; undefined if all does. */
export async function nodeFault(): Promise<string | undefined> {
  try {
    const forked = await fork(join(__dirname, 'doctor-peer.cjs'), { connectTimeout: patience });
    try {
      return await faultOf(forked.peer);
    } finally {
      forked.peer.close();
      forked.child.kill('SIGKILL');
    }
  } catch (error) {
    return (error as Error).message;
  }
}

async function faultOf(peer: Peer): Promise<string | undefined> {
  const limit = { timeout: patience };
  const values = [1, 'text', { list: [true, null] }, new Uint8Array(100_000).fill(3)];
  const answers = {
    invoke: await peer.invokeWith(limit, 'echo', ...values),
    sendSync: peer.sendSyncWith(limit, 'echo', ...values),
  };
  for (const [kind, answer] of Object.entries(answers)) {
    if (!isDeepStrictEqual(answer, values)) return `${kind} came back with other values`;
  }
  const buffer = createSharedBuffer(100_000);
  try {
    await peer.invokeWith(limit, 'fill', buffer, 9);
    return buffer.bytes.every((byte) => byte === 9) ? undefined : 'shared memory is not shared';
  } finally {
    buffer.close();
  }
}
