import { build } from 'tsup';
import { mode } from './job.mjs';

const bundle = (name, file, noExternal) =>
  build({
    config: false,
    silent: true,
    entry: { [file]: `src/${name}.js` },
    outDir: 'dist',
    clean: false,
    format: ['cjs'],
    outExtension: () => ({ js: '.cjs' }),
    external: ['electron'],
    noExternal,
  });

// It leaves out what package.json names as a dependency, unless told otherwise.
await bundle('main', 'main', mode === 'external' ? [] : [/^ringwire/]);
await bundle('preload', 'own-preload', [/^ringwire/]);
