import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A project of its own: `npx vitest run --config test/electron/vitest.config.ts`. */
const config: ViteUserConfig = defineConfig({
  test: {
    name: 'electron',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: './global-setup.ts',
    pool: 'forks',
    // A window that starts waits half of its time. On a display that is shared, real input would
    // reach windows of the other file.
    maxWorkers: process.env.DISPLAY ? 1 : 2,
    sequence: { groupOrder: 1 }, // vitest wants one for each number of workers
    testTimeout: 60_000,
    hookTimeout: 1_800_000, // all scenarios of a file, on a busy machine; each has a limit of its own
  },
});
export default config;
