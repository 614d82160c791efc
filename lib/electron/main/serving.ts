import { app } from 'electron';
import type { EffectiveOptions } from './options.ts';
import type { FramePath } from './paths.ts';

/**
 * What the copy of ringwire that serves an application lets the others know. Copies of different
 * versions read it, so what is here may not change.
 */
export interface Serving {
  readonly options: EffectiveOptions;
  paths(): FramePath[];
}

const key: unique symbol = Symbol.for('ringwire.main');

/** The first copy that registered, this one or another; the others step back. */
export function serving(): Serving | undefined {
  // There is no `app` outside of Electron.
  return (app as { [key]?: Serving } | undefined)?.[key];
}

/** Makes this copy the one that serves. */
export function serve(copy: Serving): void {
  Object.defineProperty(app, key, { value: copy });
}
