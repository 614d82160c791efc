import { buildWith } from './with-webpack.mjs';

await buildWith({ __dirname: true });
