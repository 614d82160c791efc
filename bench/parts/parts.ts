/** The pieces of a message, each measured alone, and how many of each a sample takes. */

/** Medians, in microseconds. Each piece was run alone in a loop, so each is at its best. */
export interface Parts {
  /** Writing and reading a head and its value: a number, or bytes that travel as the body. */
  readonly codec: Readonly<Record<Carried, { readonly encode: number; readonly decode: number }>>;
  readonly crossing: {
    /** JavaScript calls the addon, which does nothing. */
    readonly call: number;
    /** JavaScript calls the addon, which puts a small message into a ring. */
    readonly send: number;
    /** The addon takes it out and calls JavaScript, which does nothing. */
    readonly deliver: number;
  };
  /** ringwire's dispatch, with one listener or handler that answers. */
  readonly dispatch: Readonly<Record<Dispatched, number>> & {
    /** The same by Electron's own dispatcher. */
    readonly electron: Readonly<Record<Dispatched, number>>;
    /** The same listener, called by `emit` of `ipcMain` alone. */
    readonly bare: number;
  };
}

export type Carried = 'number' | 'bytes';
export type Dispatched = 'message' | 'sync' | 'invoke';

/**
 * The pieces that one sample takes one after the other. In a stream both sides work at the same time, so
 * only the pieces of the slower side count.
 */
export interface Recipe {
  readonly carried: Carried;
  readonly encoded: number;
  readonly decoded: number;
  readonly sent: number;
  readonly delivered: number;
  readonly dispatch: Dispatched;
  /** How many times new memory is made for the scenario's bytes. */
  readonly allocated: number;
}

/** There and back. */
export function echoed(carried: Carried, dispatch: Dispatched): Recipe {
  const twice = { encoded: 2, decoded: 2, sent: 2, delivered: 2 };
  return { carried, ...twice, dispatch, allocated: carried === 'bytes' ? 2 : 0 };
}
