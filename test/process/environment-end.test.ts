import { expect, test } from 'vitest';
import { startFixture } from '../helpers/processes.ts';

// Node polls once more while it takes an environment down: what calls into JavaScript then would
// end the process.
test.each(['connecting', 'connected', 'sending', 'listening'])(
  'a process outlives worker threads that end while they are %s',
  async (stage) => {
    const { stdout } = await startFixture('environment-end', stage);
    expect(stdout).toBe('still here');
  },
);
