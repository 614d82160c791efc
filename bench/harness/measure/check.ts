/** Compares every answer that is measured with what it must be; a wrong one ends the trial. */

export class WrongAnswer extends Error {}

export function expectSame(actual: unknown, expected: number | string | boolean): void {
  if (!Object.is(actual, expected)) {
    throw new WrongAnswer(`${describe(actual)} came, ${describe(expected)} was expected`);
  }
}

export function expectBytes(actual: unknown, expected: Uint8Array): void {
  if (!(actual instanceof Uint8Array)) {
    throw new WrongAnswer(`${describe(actual)} came, ${expected.length} bytes were expected`);
  }
  if (actual.length !== expected.length) {
    throw new WrongAnswer(`${actual.length} bytes came, ${expected.length} were expected`);
  }
  if (Buffer.compare(actual, expected) !== 0) {
    throw new WrongAnswer(`other bytes came than the ${expected.length} that were sent`);
  }
}

/** Bytes that differ from one call to the next, cheaply. */
export class Payload {
  readonly bytes: Uint8Array;
  #turn = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  next(): Uint8Array {
    const turn = ++this.#turn;
    this.bytes.fill(turn % 251);
    // Each turn changes another place, so that an old or shifted answer is noticed.
    this.bytes[(turn * 7919) % this.bytes.length] = 255;
    return this.bytes;
  }
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
