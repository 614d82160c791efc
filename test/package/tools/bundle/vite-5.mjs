import * as vite from 'vite-5';
import { buildWith } from './with-vite.mjs';

await buildWith(vite, 'cjs', 'main.cjs');
