import { MessageChannelMain } from 'electron';

/**
 * Runs work in tasks of Chromium's UI thread. They run exactly when stock IPC is delivered, also in
 * a nested loop, where ticks, promises and libuv wait for the JavaScript below. A message from main
 * to main is such a task.
 */
export class UiTasks {
  readonly #work: (() => void)[] = [];
  readonly #channel = new MessageChannelMain();

  constructor() {
    const { port2 } = this.#channel;
    port2.on('message', () => this.#work.shift()?.());
    port2.start();
  }

  /** In the order of the calls. */
  post(work: () => void): void {
    this.#work.push(work);
    this.#channel.port1.postMessage(null);
  }
}
