import type { Floor } from '../harness/floor.ts';

/** The least that something takes, as far as what it is made of was measured. */
export type LeastTime = (floor: Floor) => number | undefined;

/** A number there and back. */
export const roundTrip: LeastTime = ({ spin }) => spin;

/** One message of many, whose sender does not wait for the receiver. */
export const streamed: LeastTime = ({ stream }) => stream;

/** Bytes there and back, through a ring, into memory that is there already. */
export function thereAndBack(bytes: number): LeastTime {
  return ({ echo }) => echo?.[bytes];
}
