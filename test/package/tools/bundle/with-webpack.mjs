import { fileURLToPath } from 'node:url';
import webpack from 'webpack';
import { folder, mode } from './job.mjs';

/** The rules of Forge's template, for main: they write `__dirname`, which no sandboxed preload has. */
const rules = [
  { test: /native_modules[/\\].+\.node$/, use: 'node-loader' },
  {
    test: /[/\\]node_modules[/\\].+\.(m?js|node)$/,
    parser: { amd: false },
    use: {
      loader: '@vercel/webpack-asset-relocator-loader',
      options: { outputAssetBase: 'native_modules' },
    },
  },
];

const external = ({ request }, done) =>
  /^ringwire/.test(request) ? done(null, `commonjs ${request}`) : done();

const bundle = (name, filename, target, more) => ({
  name,
  target,
  mode: 'production',
  context: folder,
  entry: `./src/${name}.js`,
  output: { path: `${folder}/dist`, filename },
  resolveLoader: { modules: [fileURLToPath(new URL('../node_modules', import.meta.url))] },
  performance: false,
  ...more,
});

/** @param node what `__dirname` becomes; `{}` is webpack's default */
export async function buildWith(node) {
  const stats = await new Promise((resolve, reject) => {
    const externals = mode === 'external' ? [external] : [];
    const configurations = [
      bundle('main', 'main.cjs', 'electron-main', { externals, node, module: { rules } }),
      bundle('preload', 'own-preload.cjs', 'electron-preload', {}),
    ];
    webpack(configurations, (error, result) => (error ? reject(error) : resolve(result)));
  });
  if (stats.hasErrors() || stats.hasWarnings()) {
    throw new Error(stats.toString('errors-warnings'));
  }
}
