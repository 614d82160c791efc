// What each bundler here is told: `node bundle/<name>.mjs <folder> external|inside`.
import { builtinModules } from 'node:module';

export const [folder, mode] = process.argv.slice(2);
/** What stays out of the bundle of `main`; the preload contains all that it uses. */
export const ringwire = mode === 'external' ? [/^ringwire/] : [];
export const builtin = ['electron', /^node:/, ...builtinModules];
