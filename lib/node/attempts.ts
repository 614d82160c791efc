import { loadNative } from '../core/load-native.ts';
import {
  isFailure,
  type NativeConnecting,
  type NativeFailure,
  type NativeLink,
} from '../core/native.ts';

/** Milliseconds between two attempts: the shortest pause and the longest. */
const shortestPause = 1;
const longestPause = 64;

/** Milliseconds after which a listener that takes nobody counts as refusing. */
const connectTimeout = 10_000;

/** What the attempts of this thread at one address know of its listener together. */
interface Progress {
  /** How many still try. */
  trying: number;
  /** When it last took one of them. */
  lastTaken: number;
}

/** By address, as long as anybody tries. */
const progresses = new Map<string, Progress>();

/**
 * Tries to connect, again and again while the listener takes nobody: its queue is full, or too many
 * connect at the same time. Nothing says when there is room, so the pauses grow, and are random to
 * keep apart from others that try again.
 */
export class Attempts {
  readonly #native = loadNative();
  readonly #address: string;
  readonly #token: Uint8Array;
  readonly #done: (result: NativeLink | NativeFailure) => void;
  readonly #began = performance.now();
  readonly #progress: Progress;
  #over = false;
  #pause = shortestPause;
  #connecting: NativeConnecting | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `done` is called once, unless {@link cancel} came first. */
  constructor(
    address: string,
    token: Uint8Array,
    done: (result: NativeLink | NativeFailure) => void,
  ) {
    this.#address = address;
    this.#token = token;
    this.#done = done;
    this.#progress = progresses.get(address) ?? { trying: 0, lastTaken: 0 };
    this.#progress.trying++;
    progresses.set(address, this.#progress);
  }

  /** Makes the first attempt. */
  begin(): void {
    const finish = (result: NativeLink | NativeFailure): void => this.#finish(result);
    const connecting = this.#native.connect(this.#address, this.#token, finish);
    if (isFailure(connecting)) this.#finish(connecting);
    else this.#connecting = connecting;
  }

  /** Gives up. Idempotent. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#connecting?.cancel();
    this.#end();
  }

  #finish(result: NativeLink | NativeFailure): void {
    this.#connecting = undefined;
    if (!isFailure(result)) this.#progress.lastTaken = performance.now();
    const { lastTaken } = this.#progress;
    // Where many connect, the last of them may have to wait for long, and is not refused.
    const end = Math.max(this.#began, lastTaken) + connectTimeout;
    if (result !== this.#native.status.Refused || performance.now() >= end) {
      this.#end();
      this.#done(result);
      return;
    }
    this.#timer = setTimeout(() => this.begin(), this.#pause * (0.5 + Math.random() / 2));
    this.#pause = Math.min(2 * this.#pause, longestPause);
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    if (--this.#progress.trying === 0) progresses.delete(this.#address);
  }
}
