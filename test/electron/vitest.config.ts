import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A project of its own: `npx vitest run --config test/electron/vitest.config.ts`. */
const config: ViteUserConfig = defineConfig({
  test: {
    name: 'electron',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: './global-setup.ts',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 900_000,
  },
});
export default config;
