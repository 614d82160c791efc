import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { builtin, folder, ringwire } from './job.mjs';

async function bundle(name, file, external) {
  const built = await rollup({
    input: `${folder}/src/${name}.js`,
    external: [...builtin, ...external],
    plugins: [resolve({ preferBuiltins: true }), commonjs()],
  });
  await built.write({ file: `${folder}/dist/${file}`, format: 'cjs' });
}

await bundle('main', 'main.cjs', ringwire);
await bundle('preload', 'own-preload.cjs', []);
