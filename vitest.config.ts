import {
  defineConfig,
  type TestProjectInlineConfiguration,
  type ViteUserConfig,
} from 'vitest/config';

const seconds = 1000;

/** Tests wait for events, never for time: these limits only end what would hang for ever. */
const suites = [
  suite('unit', { testTimeout: 20 * seconds }),
  suite('models', { testTimeout: 60 * seconds }),
  suite('process', { testTimeout: 60 * seconds }),
  suite('hostile', {
    testTimeout: 120 * seconds,
    globalSetup: 'test/hostile/global-setup.ts',
  }),
  suite('package', {
    testTimeout: 300 * seconds,
    globalSetup: 'test/package/global-setup.ts',
  }),
  'test/electron/vitest.config.ts',
  'test/libraries/vitest.config.ts',
  suite('types', {
    testTimeout: 120 * seconds,
    globalSetup: 'test/types/global-setup.ts',
    typecheck: {
      enabled: true,
      include: ['test/types/**/*.test-d.ts'],
      tsconfig: 'test/types/tsconfig.json',
    },
  }),
];

const config: ViteUserConfig = defineConfig({ test: { projects: suites } });
export default config;

function suite(
  name: string,
  options: NonNullable<TestProjectInlineConfiguration['test']>,
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      pool: 'forks', // an addon belongs to a process
      hookTimeout: options.testTimeout ?? 10 * seconds,
      ...options,
    },
  };
}
