import { expect } from 'vitest';

/** What the application prints of a window without a sandbox, and of one with a sandbox. */
export const onRing: readonly unknown[] = [
  'path ring undefined ring undefined 1000',
  expect.stringContaining(
    'path stock sandboxed stock sandboxed ' +
      'The native addon cannot run here: this frame has no ring (sandboxed)',
  ),
];

const unjoined: unknown = expect.stringContaining('path stock unsupported stock not-joined');

/** The same where nothing of ringwire could load. */
export const onStock: readonly unknown[] = [unjoined, unjoined];
