import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'tsdown';

const shared = {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  outDir: fileURLToPath(new URL('../../build/soak', import.meta.url)),
  deps: { neverBundle: [/^electron$/, /^ringwire(\/|$)/] },
  platform: 'node',
  target: 'node18',
  dts: false,
  clean: false,
  fixedExtension: true,
  logLevel: 'warn',
} satisfies UserConfig;

const config: UserConfig[] = [
  { ...shared, entry: ['app.ts', 'preload.ts'], format: 'cjs' },
  { ...shared, entry: ['peer.ts'], format: 'esm' },
];
export default config;
