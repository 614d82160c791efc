/** Cuts a stream into messages that have their length in front (four bytes, little endian). */
export class Deframer {
  readonly #onMessage: (body: Buffer) => void;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(onMessage: (body: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted()) return;
    // Joins chunks once per message: a large one comes in hundreds of them.
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    while (rest.length >= 4) {
      const end = 4 + rest.readUInt32LE(0);
      if (rest.length < end) break;
      this.#onMessage(rest.subarray(4, end));
      rest = rest.subarray(end);
    }
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
  }

  /** Bytes of the next message with its length in front; 4 as long as that is not known. */
  #wanted(): number {
    const [first] = this.#chunks;
    return first !== undefined && first.length >= 4 ? 4 + first.readUInt32LE(0) : 4;
  }
}
