/** The process that the doctor forks: it answers, and writes into memory that it is handed. */
import type { SharedBuffer } from '../index.ts';

const { parent } = require('./index.cjs') as typeof import('../index.ts');

void answer();

async function answer(): Promise<void> {
  const peer = await parent();
  peer.handle('echo', (_event, ...values) => values);
  peer.on('echo', (event, ...values) => {
    event.returnValue = values;
  });
  peer.handle('fill', (_event, buffer: SharedBuffer, byte: number) => {
    buffer.bytes.fill(byte);
    buffer.close();
  });
}
