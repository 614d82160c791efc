import * as vite from 'vite';
import { buildWith } from './with-vite.mjs';

await buildWith(vite, 'cjs', 'main.cjs');
