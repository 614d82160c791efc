import { build } from 'esbuild';
import { folder, mode } from './job.mjs';

const bundle = (name, outfile, external) =>
  build({
    absWorkingDir: folder,
    entryPoints: [`src/${name}.js`],
    outfile,
    bundle: true,
    platform: 'node',
    external: ['electron', ...external],
    logLevel: 'warning',
  });

await bundle('main', 'dist/main.cjs', mode === 'external' ? ['ringwire/*'] : []);
await bundle('preload', 'dist/own-preload.cjs', []);
