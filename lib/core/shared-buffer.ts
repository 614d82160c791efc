import { RingwireError, type RingwireErrorCode } from './errors.ts';
import { type NativeSharedMemory, nativeAddon } from './native.ts';
import { isSystemError, systemCause } from './system-error.ts';

/**
 * The most open buffers of one JavaScript context. V8 reserves 10 GB of addresses for each, and has
 * 1 TB in Electron.
 */
const mostOpen = 64;
const mostBytes = 4 * 1024 ** 3;

/** What travels in place of a shared buffer: a handle and a length. */
export type SharedParcel = Pick<NativeSharedMemory, 'handle' | 'byteLength'>;

/** The shared buffers of this context. */
interface Registry {
  /** What travels for a buffer. Throws `ERR_RINGWIRE_BUFFER_CLOSED`. */
  readonly parcels: WeakMap<object, () => SharedParcel>;
  /** Those whose bytes are mapped, with the handle of the memory. */
  readonly open: Map<SharedBuffer, number>;
}

/** On the global object, so that every copy of ringwire in this context finds it. */
const registryKey: unique symbol = Symbol.for('ringwire.sharedBuffers');
type Holder = { [registryKey]?: Registry };

function registry(): Registry {
  const holder = globalThis as Holder;
  const known = holder[registryKey];
  if (known) return known;
  const made: Registry = { parcels: new WeakMap(), open: new Map() };
  Object.defineProperty(holder, registryKey, { value: made });
  return made;
}

/**
 * Memory that two processes both see, each as an `ArrayBuffer` of its own. What one side writes,
 * the other reads, without a copy. Close it on each side: the memory stays until then, or until the
 * context ends.
 *
 * Only ringwire can send it: as an argument, as an answer, or inside plain objects and arrays.
 * Everything else that would clone it throws `ERR_RINGWIRE_NOT_SHAREABLE`.
 */
export class SharedBuffer {
  /** The size that it was made with. */
  readonly byteLength: number;
  readonly #memory: NativeSharedMemory;
  readonly #onClose: () => void;
  #buffer: ArrayBuffer | undefined = undefined;
  /** What the memory lies over, on systems where it has to. */
  #pages: WebAssembly.Memory | undefined = undefined;
  #closed = false;

  /** @internal Takes the memory over; `onClose` is called once. */
  static over(memory: NativeSharedMemory, onClose: () => void = () => {}): SharedBuffer {
    return new SharedBuffer(memory, onClose);
  }

  private constructor(memory: NativeSharedMemory, onClose: () => void) {
    this.byteLength = memory.byteLength;
    this.#memory = memory;
    this.#onClose = onClose;
    registry().parcels.set(this, () => {
      this.#check();
      return this.#memory;
    });
    // Makes every serialiser fail, V8's and JSON's too: a copy would share nothing.
    Object.defineProperty(this, 'onlyByRingwire', { enumerable: true, get: refuse });
  }

  /**
   * The memory. Whole units of 64 KiB, so it may be longer than {@link byteLength}. It cannot be
   * transferred, and is detached by {@link close}.
   *
   * @throws {@link RingwireError} `ERR_RINGWIRE_BUFFER_CLOSED`, `_BUFFER_LIMIT`
   */
  get buffer(): ArrayBuffer {
    this.#check();
    this.#buffer ??= this.#open();
    return this.#buffer;
  }

  /** {@link buffer}, as exactly {@link byteLength} bytes. @throws as {@link buffer} */
  get bytes(): Uint8Array {
    return new Uint8Array(this.buffer, 0, this.byteLength);
  }

  /** Whether this side has closed it. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Releases the memory on this side; the other side keeps it. Does nothing the second time. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    registry().open.delete(this);
    this.#memory.close();
    if (this.#pages) detach(this.#pages);
    this.#pages = undefined;
    this.#buffer = undefined;
    this.#onClose();
  }

  /**
   * Blocks this thread until {@link notify} is called for the same index, here or in another
   * process, as `Atomics.wait` does. `index` counts units of 4 bytes. `ok` may also come for no
   * reason: check the value again.
   *
   * @param timeout - milliseconds; only this ends the wait when the other process dies.
   * @throws {@link RingwireError} `ERR_RINGWIRE_INVALID_ARGUMENT`, and as {@link buffer}
   */
  wait(index: number, value: number, timeout: number): 'ok' | 'not-equal' | 'timed-out' {
    this.#checkIndex(index);
    if (!(Number.isInteger(value) && value === (value | 0))) {
      invalid(`a value is an integer of 32 bits, not ${String(value)}`);
    }
    if (!(typeof timeout === 'number' && timeout >= 0)) {
      invalid(`a timeout is a number of milliseconds, not ${String(timeout)}`);
    }
    return this.#memory.wait(index, value, timeout);
  }

  /**
   * Wakes at most `count` of the threads that wait for this index, in whatever process.
   *
   * @returns how many there were
   * @throws as {@link wait}
   */
  notify(index: number, count: number = Number.POSITIVE_INFINITY): number {
    this.#checkIndex(index);
    if (!(typeof count === 'number' && count >= 0)) {
      invalid(`a count is a number, not ${String(count)}`);
    }
    return this.#memory.notify(index, Math.min(count, 0x7fffffff));
  }

  #open(): ArrayBuffer {
    const { size, handle } = this.#memory;
    const { open } = registry();
    checkRoom(size, open.keys());
    const units = size / nativeAddon().limits.sharedUnit;
    let pages: WebAssembly.Memory | undefined;
    // An ArrayBuffer of WebAssembly consists of whole pages and cannot be transferred, so the
    // mapping stays valid.
    const makePages = (): ArrayBufferLike => {
      pages = new WebAssembly.Memory({ initial: units, maximum: units });
      return pages.buffer;
    };
    const buffer = roomFor(() => this.#memory.open(makePages));
    this.#pages = pages;
    open.set(this, handle);
    return buffer;
  }

  #check(): void {
    if (this.#closed) throw new RingwireError('ERR_RINGWIRE_BUFFER_CLOSED');
  }

  #checkIndex(index: number): void {
    const length = Math.floor(this.byteLength / 4);
    if (!(Number.isInteger(index) && index >= 0 && index < length)) {
      invalid(`an index is an integer from 0 to ${length - 1}, not ${String(index)}`);
    }
    // Maps the memory, if nobody has asked for it before.
    void this.buffer;
  }
}

/**
 * Makes zeroed memory that can be sent to other processes. Needs the addon to be loaded.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_INVALID_ARGUMENT`, `_UNSUPPORTED`, `_BUFFER_LIMIT`,
 *   `_SYSTEM`
 */
export function createSharedBuffer(byteLength: number): SharedBuffer {
  if (typeof WebAssembly === 'undefined') {
    throw new RingwireError('ERR_RINGWIRE_UNSUPPORTED', { detail: 'V8 has no WebAssembly here' });
  }
  const native = nativeAddon();
  const most = native.limits.maxSharedLength;
  if (!(Number.isInteger(byteLength) && byteLength > 0 && byteLength <= most)) {
    invalid(`a length is an integer from 1 to ${most}, not ${String(byteLength)}`);
  }
  const memory = roomFor(() => native.createSharedMemory(byteLength));
  const made = SharedBuffer.over(memory);
  try {
    void made.buffer;
    return made;
  } catch (error) {
    made.close();
    throw error;
  }
}

/** @internal Whether the value is a shared buffer. Runs no code of the application. */
export function isShared(value: object): boolean {
  return registry().parcels.has(value);
}

/** @internal What travels for a shared buffer. @throws `ERR_RINGWIRE_BUFFER_CLOSED` */
export function parcelOf(value: object): SharedParcel {
  const parcel = registry().parcels.get(value);
  if (!parcel) throw new RingwireError('ERR_RINGWIRE_NOT_SHAREABLE');
  return parcel();
}

/** @internal The open buffer over the same memory, if there is one. */
export function openOver(memory: NativeSharedMemory): SharedBuffer | undefined {
  for (const [buffer, handle] of registry().open) {
    if (memory.isOf(handle)) return buffer;
  }
  return undefined;
}

/** @internal Call this for values that do not go by a ring. @throws `_NOT_SHAREABLE` */
export function refuseShared(values: readonly unknown[], detail: string): void {
  if (holdsShared(values)) throw new RingwireError('ERR_RINGWIRE_NOT_SHAREABLE', { detail });
}

/** @internal Whether one of the values is a shared buffer. */
export function holdsShared(values: readonly unknown[]): boolean {
  return values.some((value) => typeof value === 'object' && value !== null && isShared(value));
}

/** Detached memories, each kept as long as somebody holds its old ArrayBuffer. */
const retired = new WeakMap<ArrayBufferLike, WebAssembly.Memory>();

/**
 * Growing a WebAssembly memory detaches its ArrayBuffer, even when it grows by 0 pages. The pages
 * are private by now. They stay while somebody holds the old ArrayBuffer, such as a pending write
 * to a file.
 */
function detach(pages: WebAssembly.Memory): void {
  retired.set(pages.buffer, pages);
  pages.grow(0);
}

function checkRoom(size: number, open: Iterable<SharedBuffer>): void {
  let count = 0;
  let bytes = size;
  for (const { byteLength } of open) {
    count += 1;
    bytes += byteLength;
  }
  if (count < mostOpen && bytes <= mostBytes) return;
  const detail = `${count} are open, of ${bytes - size} bytes`;
  throw new RingwireError('ERR_RINGWIRE_BUFFER_LIMIT', { detail });
}

/** What the system answers that has no more of something; anything else it forbids. */
const exhausted = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC']);

function roomFor<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    const system = isSystemError(cause) ? systemCause(cause) : undefined;
    const why = system ?? (cause as Error);
    throw new RingwireError(codeFor(system?.code), { detail: why.message, cause: why });
  }
}

/** What a reason of the system's is; without one it was V8 that had no room. */
function codeFor(reason: string | undefined): RingwireErrorCode {
  if (reason === undefined || exhausted.has(reason)) return 'ERR_RINGWIRE_BUFFER_LIMIT';
  return reason === 'ENOTSUP' ? 'ERR_RINGWIRE_UNSUPPORTED' : 'ERR_RINGWIRE_SYSTEM';
}

function refuse(): never {
  throw new RingwireError('ERR_RINGWIRE_NOT_SHAREABLE');
}

function invalid(detail: string): never {
  throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', { detail });
}
