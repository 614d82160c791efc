type Loaded = typeof import('./takeover.ts');

/** Loads most of main's half, which an application needs with its first window. */
export function loadTakeover(): Loaded {
  return require('./takeover.cjs') as Loaded;
}
