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

/**
 * Tries to connect, again and again while the listener takes nobody: its queue is full, or too many
 * connect at the same time. Nothing says when there is room, so the pauses grow, and are random to
 * keep apart from others that try again.
 */
export class Attempts {
  readonly #address: string;
  readonly #token: Uint8Array;
  readonly #done: (result: NativeLink | NativeFailure) => void;
  readonly #end = performance.now() + connectTimeout;
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
  }

  /** Makes the first attempt. */
  begin(): void {
    const finish = (result: NativeLink | NativeFailure): void => this.#finish(result);
    const connecting = loadNative().connect(this.#address, this.#token, finish);
    if (isFailure(connecting)) this.#finish(connecting);
    else this.#connecting = connecting;
  }

  /** Gives up. Idempotent. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#connecting?.cancel();
  }

  #finish(result: NativeLink | NativeFailure): void {
    this.#connecting = undefined;
    if (result !== loadNative().status.Refused || performance.now() >= this.#end) {
      this.#done(result);
      return;
    }
    this.#timer = setTimeout(() => this.begin(), this.#pause * (0.5 + Math.random() / 2));
    this.#pause = Math.min(2 * this.#pause, longestPause);
  }
}
