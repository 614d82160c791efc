import { RingwireError } from './errors.ts';
import type { Handler, Listener } from './types.ts';

/** The listeners to call for one message; a listener that adds or removes others changes none. */
export let listenersOf: <Sender>(
  scope: Listeners<Sender>,
  channel: string,
) => readonly Listener<Sender>[] | undefined;
export let handlerOf: <Sender>(
  scope: Listeners<Sender>,
  channel: string,
) => Handler<Sender> | undefined;

/**
 * Listeners and handlers by channel, with the methods of Electron's `ipcMain`. Any string is a
 * channel. None is special, not even `error`.
 */
export class Listeners<Sender> {
  static {
    listenersOf = (scope, channel) => scope.#listeners.get(channel);
    handlerOf = (scope, channel) => scope.#handlers.get(channel);
  }

  readonly #listeners: Map<string, readonly Listener<Sender>[]> = new Map();
  readonly #handlers: Map<string, Handler<Sender>> = new Map();

  /**
   * Calls `listener` for every message that `send` or `sendSync` brings on the channel, after the
   * listeners that are there. What it throws becomes an `uncaughtException`, as in an EventEmitter.
   *
   * @example
   * peer.on('log', (event, line) => console.log(event.sender.processId, line));
   * peer.on('version', (event) => { event.returnValue = process.version; });
   */
  on(channel: string, listener: Listener<Sender>): this {
    checkChannel(channel);
    checkFunction('listener', listener);
    this.#listeners.set(channel, [...this.#of(channel), listener]);
    return this;
  }

  /** As {@link on}. */
  addListener(channel: string, listener: Listener<Sender>): this {
    return this.on(channel, listener);
  }

  /** As {@link on}, ahead of the listeners that are there. */
  prependListener(channel: string, listener: Listener<Sender>): this {
    checkChannel(channel);
    checkFunction('listener', listener);
    this.#listeners.set(channel, [listener, ...this.#of(channel)]);
    return this;
  }

  /** As {@link on}, for one message. */
  once(channel: string, listener: Listener<Sender>): this {
    return this.on(channel, this.#forOneMessage(channel, listener));
  }

  /** As {@link prependListener}, for one message. */
  prependOnceListener(channel: string, listener: Listener<Sender>): this {
    return this.prependListener(channel, this.#forOneMessage(channel, listener));
  }

  /** Removes the listener that was added last. Does nothing when it is not there. */
  off(channel: string, listener: Listener<Sender>): this {
    const listeners = this.#of(channel);
    const index = listeners.findLastIndex((one) => one === listener || given(one) === listener);
    if (index < 0) return this;
    const rest = listeners.filter((_, position) => position !== index);
    if (rest.length === 0) this.#listeners.delete(channel);
    else this.#listeners.set(channel, rest);
    return this;
  }

  /** As {@link off}. */
  removeListener(channel: string, listener: Listener<Sender>): this {
    return this.off(channel, listener);
  }

  /** Removes all listeners of the channel, or of all channels. Handlers stay. */
  removeAllListeners(channel?: string): this {
    if (channel === undefined) this.#listeners.clear();
    else this.#listeners.delete(channel);
    return this;
  }

  /** How many listeners the channel has. */
  listenerCount(channel: string): number {
    return this.#of(channel).length;
  }

  /** The listeners of the channel, as they were given. */
  listeners(channel: string): Listener<Sender>[] {
    return this.#of(channel).map(given);
  }

  /** The listeners of the channel; one for one message is wrapped, and has it as its `listener`. */
  rawListeners(channel: string): Listener<Sender>[] {
    return [...this.#of(channel)];
  }

  /** The channels that have listeners. */
  eventNames(): string[] {
    return [...this.#listeners.keys()];
  }

  /**
   * Answers `invoke` on the channel with what `handler` returns, or what its promise resolves to.
   *
   * @throws {@link RingwireError} `ERR_RINGWIRE_DUPLICATE_HANDLER`
   *
   * @example
   * peer.handle('sum', (event, a, b) => a + b);
   */
  handle(channel: string, handler: Handler<Sender>): void {
    checkChannel(channel);
    checkFunction('handler', handler);
    if (this.#handlers.has(channel)) {
      throw new RingwireError('ERR_RINGWIRE_DUPLICATE_HANDLER', { detail: `'${channel}'` });
    }
    this.#handlers.set(channel, handler);
  }

  /** As {@link handle}, for one request: the handler is removed before it runs. */
  handleOnce(channel: string, handler: Handler<Sender>): void {
    checkFunction('handler', handler);
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  /** Removes the handler of the channel, if there is one. */
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  #of(channel: string): readonly Listener<Sender>[] {
    return this.#listeners.get(channel) ?? [];
  }

  #forOneMessage(channel: string, listener: Listener<Sender>): Listener<Sender> {
    checkFunction('listener', listener);
    const once: OnceListener<Sender> = (event, ...args) => {
      this.off(channel, once);
      listener(event, ...args);
    };
    once.listener = listener;
    return once;
  }
}

/** A listener for one message, around the one that was given. */
type OnceListener<Sender> = Listener<Sender> & { listener?: Listener<Sender> };

function given<Sender>(listener: OnceListener<Sender>): Listener<Sender> {
  return listener.listener ?? listener;
}

/** @throws {@link RingwireError} `ERR_RINGWIRE_INVALID_ARGUMENT` */
export function checkChannel(channel: unknown): asserts channel is string {
  if (typeof channel === 'string') return;
  throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
    detail: `the channel must be a string and is of type ${typeof channel}`,
  });
}

function checkFunction(what: string, value: unknown): void {
  if (typeof value === 'function') return;
  throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
    detail: `the ${what} must be a function and is of type ${typeof value}`,
  });
}
