import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'tsdown';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const shared = {
  cwd: here('.'),
  outDir: here('../../build/demo-app'),
  tsconfig: here('../../tsconfig.json'),
  dts: false,
  clean: false,
  logLevel: 'warn',
} satisfies UserConfig;

const node: UserConfig = {
  ...shared,
  name: 'main and preload',
  entry: ['main.ts', 'preload.ts'],
  format: 'cjs',
  target: 'node18',
  deps: { neverBundle: [/^electron$/, /^ringwire(\/|$)/] },
  copy: ['page/index.html', 'page/picture.html', 'page/style.css'],
};

/** One config per page: a classic script each, because a module does not load from a file. */
const page = (name: string): UserConfig => ({
  ...shared,
  name,
  entry: { [name]: `page/${name}.ts` },
  format: 'iife',
  platform: 'browser',
  target: 'chrome110',
  outputOptions: { entryFileNames: '[name].js' },
});

const config: UserConfig[] = [node, page('page'), page('picture')];
export default config;
