import { isShared, type SharedBuffer } from '../shared-buffer.ts';

/**
 * A shared buffer in a message. Its memory goes ahead of the message, which has only the ticket.
 */
export interface HandedOver {
  readonly ticket: number;
  readonly buffer: object;
}

/** The value for nearly all messages. Never written to. */
export const nothingShared: HandedOver[] = [];

/** Finds the shared buffer that came ahead of a message. @throws `ERR_RINGWIRE_CORRUPT` */
export type TakeShared = (ticket: number) => SharedBuffer;

/** Bytes of a ticket in a message. */
export const ticketLength = 4;

/** In a message their count and their positions are one byte each. */
const mostLifted = 64;
const mostValues = 256;

let lastTicket = 0;

/** A number that this context has not used before, on any connection. */
export function nextTicket(): number {
  lastTicket = (lastTicket + 1) >>> 0;
  return lastTicket;
}

export function writeTicket(ticket: number, out: Uint8Array, at: number): void {
  for (let i = 0; i < ticketLength; i++) out[at + i] = ticket >>> (8 * i);
}

/**
 * Replaces shared buffers by `undefined`, because no serialiser knows them. They come first in the
 * message: `count u8, (position u8, ticket u32) ...`.
 */
export class LiftedValues {
  readonly rest: unknown[];
  readonly shared: HandedOver[] = [];
  readonly #positions: number[] = [];

  private constructor(values: readonly unknown[]) {
    this.rest = values.map((value, position) => {
      if (typeof value !== 'object' || value === null || !isShared(value)) return value;
      this.shared.push({ ticket: nextTicket(), buffer: value });
      this.#positions.push(position);
      return undefined;
    });
  }

  /** Undefined if there are none, or too many: then the serialiser refuses them. */
  static of(values: readonly unknown[]): LiftedValues | undefined {
    if (values.length > mostValues) return undefined;
    const lifted = new LiftedValues(values);
    const { length } = lifted.shared;
    return length === 0 || length > mostLifted ? undefined : lifted;
  }

  /** Returns the end of what was written; the other values follow there. */
  write(out: Uint8Array, offset: number): number {
    let at = offset;
    out[at++] = this.shared.length;
    for (const [i, { ticket }] of this.shared.entries()) {
      out[at++] = this.#positions[i] as number;
      writeTicket(ticket, out, at);
      at += ticketLength;
    }
    return at;
  }
}
