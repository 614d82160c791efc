import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A project of its own: `npx vitest run --config test/libraries/vitest.config.ts`. */
const config: ViteUserConfig = defineConfig({
  test: {
    name: 'libraries',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: './global-setup.ts',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
export default config;
