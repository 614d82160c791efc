// Messages over a stream of bytes, each behind its length. JavaScript, since a worker loads it without vitest.
import { deserialize, serialize } from 'node:v8';

const headerLength = 4;

/**
 * @param {unknown} message
 * @returns {Buffer}
 */
export function frameOf(message) {
  const body = serialize(message);
  const frame = Buffer.alloc(headerLength + body.length);
  frame.writeUInt32LE(body.length);
  body.copy(frame, headerLength);
  return frame;
}

/** Takes bytes as they come, and hands on each message once it is whole. */
export class Frames {
  #bytes = Buffer.alloc(0);
  #onMessage;

  /** @param {(message: unknown) => void} onMessage */
  constructor(onMessage) {
    this.#onMessage = onMessage;
  }

  /** @param {Buffer} bytes */
  take(bytes) {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      if (this.#bytes.length < headerLength) return;
      const end = headerLength + this.#bytes.readUInt32LE();
      if (this.#bytes.length < end) return;
      const message = deserialize(this.#bytes.subarray(headerLength, end));
      this.#bytes = this.#bytes.subarray(end);
      this.#onMessage(message);
    }
  }
}
