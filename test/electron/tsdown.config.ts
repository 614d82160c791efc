import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'tsdown';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const outDir = 'build/electron-tests';

/** The parity application and its scenarios for main; the renderers' kit as one script. */
const config: UserConfig[] = defineConfig([
  {
    cwd,
    entry: [
      'test/electron/harness/app/app.ts',
      'test/electron/scenarios/**/*.ts',
      'test/electron/fixtures/failing.ts',
      'test/electron/fixtures/bursts.ts',
      'test/electron/fixtures/crossings.ts',
      'test/electron/fixtures/few-descriptors.ts',
      'test/electron/fixtures/leaks.ts',
      'test/electron/fixtures/shared-buffers.ts',
      'test/electron/fixtures/shared-buffers-preload.ts',
      'test/electron/fixtures/troubles.ts',
    ],
    outDir,
    format: 'cjs',
    platform: 'node',
    target: 'node18',
    deps: { neverBundle: [/^electron/, /^ringwire/] },
    outputOptions: { preserveModules: true, preserveModulesRoot: 'test/electron' },
    dts: false,
    fixedExtension: true,
    cjsDefault: false,
    treeshake: false,
    logLevel: 'warn',
  },
  {
    cwd,
    entry: { 'app-module': 'test/electron/harness/app/app-module.ts' },
    outDir: `${outDir}/harness/app`,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    deps: { neverBundle: [/^electron/, /^ringwire/] },
    dts: false,
    fixedExtension: true,
    clean: false,
    logLevel: 'warn',
  },
  {
    cwd,
    entry: { kit: 'test/electron/harness/kit.ts' },
    outDir: `${outDir}/harness`,
    format: 'iife',
    globalName: 'parity',
    platform: 'browser',
    target: 'chrome114',
    dts: false,
    clean: false,
    logLevel: 'warn',
  },
]);
export default config;
