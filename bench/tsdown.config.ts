import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'tsdown';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What runs in Electron, and both ends of a trial in plain Node. */
const config: UserConfig = {
  cwd: here('.'),
  entry: ['electron/app.ts', 'electron/preload.ts', 'node/caller.ts', 'node/answerer.ts'],
  outDir: here('../build/bench'),
  tsconfig: here('../tsconfig.json'),
  format: 'cjs',
  platform: 'node',
  target: 'node18',
  deps: { neverBundle: [/^electron$/, /^ringwire(\/|$)/, 'msgpackr', 'synckit'] },
  copy: [{ from: 'electron/page.html', to: '../build/bench/electron' }],
  dts: false,
  clean: true,
  hash: false,
  fixedExtension: true,
  logLevel: 'warn',
};

export default config;
