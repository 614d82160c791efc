import { once } from 'node:events';
import type { Answer, Order } from '../../examples/demo/protocol.ts';
import { type ElectronRun, type LaunchOptions, launchElectron } from '../electron/launch.ts';

type AnswerOf<Type extends Answer['type']> = Extract<Answer, { type: Type }>;

/** One run of the demo application, as the conductor sees it: orders go in, answers come out. */
export class Application {
  readonly name: string;
  readonly #run: ElectronRun;

  private constructor(name: string, run: ElectronRun) {
    this.name = name;
    this.#run = run;
  }

  static async start(name: string, options: LaunchOptions): Promise<Application> {
    const run = await launchElectron({ ...options, ipc: true });
    // Electron shows an uncaught error in a dialog and waits; here nobody may be there to close it.
    run.onLine((line) => {
      if (line.includes('JavaScript error occurred in the main process')) {
        setTimeout(() => void run.kill(), 500); // the rest of the message is on its way
      }
    });
    const application = new Application(name, run);
    await application.#next('ready');
    return application;
  }

  /** Resolves when its window was closed or it ended in another way. */
  get ended(): Promise<unknown> {
    return this.#run.exited;
  }

  /** An application that has ended ignores orders. */
  order(order: Order): void {
    const { process } = this.#run;
    if (process.connected) process.send?.(order, () => {});
  }

  /** Gives an order and waits for its answer; an application that ends meanwhile rejects it. */
  ask<Type extends Answer['type']>(order: Order, type: Type): Promise<AnswerOf<Type>> {
    const answer = this.#next(type);
    this.order(order);
    return answer;
  }

  async quit(): Promise<void> {
    this.order({ type: 'quit' });
    await this.#run.exited;
  }

  kill(): Promise<unknown> {
    return this.#run.kill();
  }

  async #next<Type extends Answer['type']>(type: Type): Promise<AnswerOf<Type>> {
    const stop = new AbortController();
    const ended = this.#run.exited.then(({ exitCode, signal, timedOut, output }) => {
      const how = timedOut ? 'took too long and was stopped' : `ended (${signal ?? exitCode})`;
      throw new Error(`The ${this.name} application ${how}.\n${output}`);
    });
    const answered = once(this.#run.process, 'message', { signal: stop.signal });
    try {
      const [answer] = (await Promise.race([answered, ended])) as [Answer];
      if (answer.type === 'failed') throw new Error(`${this.name}: ${answer.reason}`);
      if (answer.type !== type) throw new Error(`${this.name}: ${answer.type} instead of ${type}`);
      return answer as AnswerOf<Type>;
    } finally {
      stop.abort();
      answered.catch(() => {});
      ended.catch(() => {});
    }
  }
}
