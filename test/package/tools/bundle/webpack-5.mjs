import { buildWith } from './with-webpack.mjs';

await buildWith({});
