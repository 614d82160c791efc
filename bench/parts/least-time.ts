import type { Floor } from '../harness/floor.ts';

/** The least time that something can take on this machine; undefined if that was not measured. */
export type LeastTime = (floor: Floor) => number | undefined;

/** A number there and back. */
export const roundTrip: LeastTime = ({ spin }) => spin;

/** One message of a stream: its sender does not wait. */
export const streamed: LeastTime = ({ stream }) => stream;

/** Bytes there and back, through a ring, into existing memory. */
export function thereAndBack(bytes: number): LeastTime {
  return ({ echo }) => echo?.[bytes];
}
