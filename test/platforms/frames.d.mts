/** A message behind its length. */
export function frameOf(message: unknown): Buffer;

/** Takes bytes as they come, and hands on each message once it is whole. */
export class Frames {
  constructor(onMessage: (message: unknown) => void);
  take(bytes: Buffer): void;
}
