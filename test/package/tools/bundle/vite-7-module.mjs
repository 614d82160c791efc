import * as vite from 'vite';
import { buildWith } from './with-vite.mjs';

await buildWith(vite, 'es', 'main.mjs');
