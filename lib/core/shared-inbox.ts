import { RingwireError } from './errors.ts';
import type { NativeSharedMemory } from './native.ts';
import { openOver, SharedBuffer } from './shared-buffer.ts';
import type { Transport } from './transport.ts';

/** The most unclosed buffers of one peer that this side holds. */
const mostHeld = 32;

/** The shared buffers that one peer hands over. Borrows the transport. */
export class SharedInbox {
  readonly #transport: Transport;
  #held = 0;
  /** Counts buffers that were collected without ever being opened. */
  readonly #forgotten = new FinalizationRegistry<undefined>(() => {
    this.#held -= 1;
  });

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * The shared buffer that was handed over with this ticket; if its memory is open here, the same
   * object as before. Its bytes are mapped on first use, which throws if there is no room. Until
   * then it costs a handle.
   *
   * @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT` when the peer handed over no such buffer
   */
  take(ticket: number): SharedBuffer {
    const memory = this.#transport.takeParcel(ticket);
    if (!memory) return withoutRoom(0, 'it was dropped before its message was read');
    const known = openOver(memory);
    if (!known && this.#held < mostHeld) return this.#hold(memory);
    memory.close();
    return known ?? withoutRoom(memory.byteLength, `${this.#held} of this peer are not closed`);
  }

  #hold(memory: NativeSharedMemory): SharedBuffer {
    const token = {};
    const buffer = SharedBuffer.over(memory, () => {
      if (this.#forgotten.unregister(token)) this.#held -= 1;
    });
    this.#forgotten.register(buffer, undefined, token);
    this.#held += 1;
    return buffer;
  }
}

/** Stands for a shared buffer that there is no room for: opening it throws. */
function withoutRoom(byteLength: number, detail: string): SharedBuffer {
  const refuse = (): never => {
    throw new RingwireError('ERR_RINGWIRE_BUFFER_LIMIT', { detail });
  };
  return SharedBuffer.over({
    byteLength,
    size: 0,
    handle: -1,
    isOf: () => false,
    open: refuse,
    wait: refuse,
    notify: refuse,
    close() {},
  });
}
