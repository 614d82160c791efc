import {
  defineConfig,
  type TestProjectInlineConfiguration,
  type ViteUserConfig,
} from 'vitest/config';
import { starters } from './scripts/platforms.ts';
import { excludedOnWindows } from './test/platforms/exclusions.ts';
import { foreignPool } from './test/platforms/foreign-pool.ts';
import { winePool } from './test/platforms/wine-pool.ts';

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
  suite('process-musl', {
    include: ['test/process/**/*.test.ts'],
    testTimeout: 60 * seconds,
    pool: foreignPool(starters.musl),
    globalSetup: 'test/platforms/musl-setup.ts',
  }),
  suite('process-arm64', {
    // What connects, sends, calls and ends. The others take minutes there, or test the system.
    include: [
      'test/process/{backpressure,close,fork,listen-connect,order,results}.test.ts',
      'test/process/{send-sync,worker-threads}.test.ts',
    ],
    testTimeout: 120 * seconds,
    pool: foreignPool(starters.arm64),
    globalSetup: 'test/platforms/arm64-setup.ts',
  }),
  suite('process-windows', {
    include: ['test/process/**/*.test.ts'],
    exclude: excludedOnWindows.map(({ file }) => `test/process/${file}`),
    // A process takes ten times as long to start there.
    testTimeout: 240 * seconds,
    pool: winePool(),
    globalSetup: 'test/platforms/windows-setup.ts',
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
