import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'tsdown';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const common = {
  cwd: here('.'),
  outDir: here('../build/bench'),
  tsconfig: here('../tsconfig.json'),
  format: 'cjs',
  platform: 'node',
  target: 'node18',
  dts: false,
  clean: false,
  hash: false,
  fixedExtension: true,
  logLevel: 'warn',
} satisfies UserConfig;

/** What runs in Electron, and both ends of a trial in plain Node. */
const main: UserConfig = {
  ...common,
  entry: [
    'electron/app.ts',
    'electron/start.ts',
    'electron/preload.ts',
    'node/caller.ts',
    'node/answerer.ts',
  ],
  deps: { neverBundle: [/^electron$/, /^ringwire(\/|$)/, 'msgpackr', 'synckit'] },
  copy: [{ from: 'electron/page.html', to: '../build/bench/electron' }],
};

/** One file: a sandboxed preload cannot require another. */
const sandboxed: UserConfig = {
  ...common,
  entry: { 'electron/preload-sandboxed': 'electron/preload-sandboxed.ts' },
  deps: { neverBundle: ['electron'] },
};

/** The only program here that bundles sources of lib/; the processes of a trial load dist/. */
const parts: UserConfig = {
  ...common,
  entry: { 'electron/parts': 'electron/parts.ts' },
  deps: { neverBundle: ['electron', 'ringwire/register', 'msgpackr', 'node-gyp-build'] },
};

const config: UserConfig[] = [main, sandboxed, parts];
export default config;
