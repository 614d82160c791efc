import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'tsdown';

const config: UserConfig = defineConfig({
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  entry: ['main.ts', 'preload.ts'],
  outDir: '../../build/frames-app',
  format: 'cjs',
  target: 'node18',
  dts: false,
  deps: { neverBundle: [/^electron$/, /^ringwire(\/|$)/] },
  copy: ['page/index.html'],
  logLevel: 'warn',
});
export default config;
