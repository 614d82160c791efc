/**
 * Stands between Electron's native side and whoever listens to WebContents: takes ringwire's own
 * messages out, and hears what happens to documents without being a listener.
 */
import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { isInternal } from './internal-messages.ts';
import {
  asEmitter,
  dispatchesFromSession,
  type Emitter,
  type PrivateKind,
  type PrivateMessage,
  privateEvents,
  type StockEvent,
} from './private-events.ts';

type Emit = Emitter['emit'];

/** Hears an event of a WebContents before those who listen to it; `args` come after the event. */
export type Observer = (webContents: WebContents, ...args: never[]) => void;

/** What is done with what is emitted. */
export interface Interception {
  /** Messages on it reach `take` and nobody else. */
  readonly channel: string;
  readonly take: (message: PrivateMessage) => void;
  /**
   * Comes before every other message that Electron received. It is told whose it is, if it is of
   * Electron's own scripts, such as `window.close`. Returns whether the message is delayed: `emit` is
   * to be called later then, once.
   */
  readonly before: (
    kind: PrivateKind,
    event: StockEvent,
    channel: string,
    internal: WebContents | undefined,
    emit: () => void,
  ) => boolean;
  /** Other events of WebContents, by name. Who listened would be counted, and warned about. */
  readonly observers: ReadonlyMap<string | symbol, Observer>;
}

const kinds: ReadonlyMap<string | symbol, PrivateKind> = new Map(
  Object.entries(privateEvents).map(([kind, name]) => [name, kind as PrivateKind]),
);

/** Node's own, or what had replaced it before ringwire was loaded. */
const nodesEmit: Emit = EventEmitter.prototype.emit;

/** The event that ringwire hands to Electron's dispatcher at this moment. */
let own: object | undefined;

/** `emit` of WebContents once it is intercepted, if it was Node's own before. */
let intercepting: Emit | undefined;

/** Every `emit` that is ringwire's. */
const ours = new WeakSet<object>();

/** Events that an object's own interception has passed on, once there is such an object. */
let passed: WeakSet<object> | undefined;

/** Emits to Electron's dispatcher what ringwire makes itself. */
export function emitOwn(on: object, name: string, event: object, ...rest: unknown[]): void {
  own = event;
  try {
    asEmitter(on).emit(name, event, ...rest);
  } finally {
    // Whoever has replaced emit may have kept it from us; it holds its sender.
    if (own === event) own = undefined;
  }
}

/** Whether what is emitted on this object is seen by ringwire and Node alone, and by no patch. */
export function isUnpatched(webContents: WebContents): boolean {
  return asEmitter(webContents).emit === intercepting && EventEmitter.prototype.emit === nodesEmit;
}

/** What to call for the `emit` of a prototype: Node's is read anew, so who replaces it is heard. */
export function emitOf(prototype: object): () => Emit {
  const { emit } = asEmitter(prototype);
  return emit === nodesEmit ? () => EventEmitter.prototype.emit : () => emit;
}

/**
 * Replaces `emit` of the prototype that all dispatching objects share, and of that which all
 * WebContents share; and that of single objects, which others have given an `emit` of their own.
 * What is emitted passes unchanged, but for the messages on the channel.
 */
export class EventInterception {
  readonly #interception: Interception;
  readonly #fromSession: boolean;

  /** @throws TypeError where a prototype is frozen */
  constructor(first: WebContents, interception: Interception) {
    this.#interception = interception;
    this.#fromSession = dispatchesFromSession(first);
    for (const object of this.#emitters(first)) {
      const prototype = Object.getPrototypeOf(object) as object;
      if (prototype === EventEmitter.prototype) {
        throw new Error('The windows or sessions of this Electron have no class of their own.');
      }
      const emit = emitOf(prototype);
      const replacement = this.#replacementOf(emit, object === first, false);
      if (object === first && emit() === nodesEmit) intercepting = replacement;
      replaceEmit(prototype, { value: replacement });
    }
  }

  /**
   * Whoever heard of a WebContents before ringwire may have given it an `emit` that does not lead
   * to the prototype's. So its own is intercepted, too.
   *
   * @throws TypeError where that may not be changed
   */
  cover(webContents: WebContents): void {
    for (const object of this.#emitters(webContents)) {
      const theirs = Object.getOwnPropertyDescriptor(object, 'emit');
      if (!theirs || ours.has(asEmitter(object).emit)) continue;
      const { get, value } = theirs;
      const emit: () => Emit = get ? () => Reflect.apply(get, object, []) : () => value;
      const replacement = this.#replacementOf(emit, object === webContents, true);
      replaceEmit(object, get ? { get: () => replacement } : { value: replacement });
      passed ??= new WeakSet();
    }
  }

  /** Who emits what is intercepted. */
  #emitters(webContents: WebContents): object[] {
    return this.#fromSession ? [webContents, webContents.session] : [webContents];
  }

  #replacementOf(emit: () => Emit, observed: boolean, covers: boolean): Emit {
    const takes = (on: object, given: unknown[]) => this.#takes(on, given, observed, covers);
    return {
      emit(this: object, _name: string | symbol): boolean {
        // biome-ignore lint/complexity/noArguments: every event comes through here: no list is made
        const given = arguments as unknown as unknown[];
        return takes(this, given) || Reflect.apply(emit(), this, given);
      },
    }.emit;
  }

  /** Whether nobody else is to see what is emitted. */
  #takes(on: object, given: unknown[], observed: boolean, covers: boolean): boolean {
    if (passed && isPassed(given[1], covers)) return false;
    const kind = kinds.get(given[0] as string);
    if (kind !== undefined) return this.#takesMessage(kind, on, given);
    if (observed) notify(this.#interception.observers, on as WebContents, given);
    return false;
  }

  #takesMessage(kind: PrivateKind, on: object, given: unknown[]): boolean {
    const { channel, before, take } = this.#interception;
    const at = this.#fromSession ? 1 : 2;
    const event = given[1] as StockEvent;
    // An Electron that has no such thing any more: by the public way, see backstop.ts.
    if (kind === 'messageSync' && !event._replyChannel) return false;
    const sender = this.#fromSession ? event.sender : (on as WebContents);
    if (given[at + 1] !== channel) {
      if (event === own) {
        own = undefined;
        return false;
      }
      const internal = this.#fromSession ? isInternal(event) : given[2] === true;
      const emit = (): void => {
        const [name, , ...rest] = Array.from(given);
        // As on stock, where the pipe of a window ends with it.
        if (!sender?.isDestroyed()) emitOwn(on, name as string, event, ...rest);
      };
      return before(kind, event, given[at + 1] as string, internal ? sender : undefined, emit);
    }
    const rest = Array.from(given).slice(at + 2);
    // A service worker has no sender, and nothing to say on this channel.
    if (sender) {
      // Null: values that V8 cannot read.
      const values = kind === 'ports' ? rest : ((rest[0] ?? []) as unknown[]);
      take({ webContents: sender, event, kind, args: values });
    }
    return true;
  }
}

function notify(
  observers: Interception['observers'],
  on: WebContents,
  given: readonly unknown[],
): void {
  const observer = observers.get(given[0] as string);
  if (observer) Reflect.apply(observer, undefined, [on, ...Array.from(given).slice(2)]);
}

/** Whether an interception further out has seen this event; `covers`: this one is further out. */
function isPassed(event: unknown, covers: boolean): boolean {
  if (typeof event !== 'object' || event === null) return false;
  if (passed?.has(event)) return true;
  if (covers) passed?.add(event);
  return false;
}

/** Unlike an assignment it works below a frozen `EventEmitter.prototype`, too. */
function replaceEmit(holder: object, change: { value: Emit } | { get: () => Emit }): void {
  const before = Object.getOwnPropertyDescriptor(holder, 'emit');
  const attributes = before ?? { configurable: true, enumerable: true, writable: true };
  Object.defineProperty(holder, 'emit', { ...attributes, ...change });
  ours.add('get' in change ? change.get() : change.value);
}
