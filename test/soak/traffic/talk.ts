import { bodyOf, isBody } from './body.ts';
import { type Account, channels, streams } from './channels.ts';

/** What `ipcRenderer` and a Peer have in common. */
export interface Line {
  send(channel: string, ...args: unknown[]): void;
  sendSync(channel: string, ...args: unknown[]): unknown;
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: both type their arguments so
  on(channel: string, listener: (event: any, ...args: any[]) => void): unknown;
}

/** One side of a conversation: talks at random, and checks all that it hears. */
export class Talk {
  readonly #line: Line;
  readonly #random: () => number;
  readonly #conversation: number;
  readonly #pending: Set<Promise<void>> = new Set();
  #sent = 0;
  #answered = 0;
  #heard = 0;
  #stopped = false;
  #done = false;

  constructor(line: Line, randomOf: (conversation: number) => () => number) {
    this.#line = line;
    line.on(channels.push, (_event, ...args: [number, number, unknown]) => this.#hear(...args));
    line.on(channels.stop, (_event, conversation: number) => {
      if (conversation === this.#conversation) this.#stopped = true;
    });
    this.#conversation = line.sendSync(channels.hello) as number;
    this.#random = randomOf(this.#conversation);
  }

  /** A message, a call or a request, as chance has it. */
  sayOne(): void {
    const sequence = this.#sent++;
    const body = bodyOf(streams.up(this.#conversation), sequence);
    const kind = this.#random();
    if (kind < 0.5) {
      this.#line.send(channels.message, this.#conversation, sequence, body);
    } else if (kind < 0.75) {
      this.#checkAnswer(
        sequence,
        this.#line.sendSync(channels.call, this.#conversation, sequence, body),
      );
    } else {
      const request = this.#line
        .invoke(channels.request, this.#conversation, sequence, body)
        .then((answer) => this.#checkAnswer(sequence, answer))
        .catch((error) => this.#complain(`request ${sequence}: ${error}`))
        .finally(() => this.#pending.delete(request));
      this.#pending.add(request);
    }
  }

  /** Says some, then rests: until it is told to stop, and all is answered. */
  async sayMany(): Promise<void> {
    while (!this.#stopped && !this.#done) {
      const burst = Math.ceil(this.#random() ** 3 * 40);
      for (let n = 0; n < burst; n++) this.sayOne();
      await new Promise((resolve) => setTimeout(resolve, this.#random() * 40));
    }
    await Promise.all(this.#pending);
    if (this.#done) return;
    const account: Account = { sent: this.#sent, answered: this.#answered, heard: this.#heard };
    this.#done = true;
    await this.#line.invoke(channels.done, this.#conversation, account);
  }

  /** The last message of a page that is left before its end in good order. */
  sayBye(): void {
    if (this.#done) return;
    this.#done = true;
    this.#line.send(channels.bye, this.#conversation, this.#sent);
  }

  #hear(conversation: number, sequence: number, body: unknown): void {
    // What main said to the document before this one may arrive here, as on stock.
    if (conversation !== this.#conversation) return;
    if (sequence !== this.#heard) this.#complain(`push ${sequence} came as number ${this.#heard}`);
    if (!isBody(body, streams.down(conversation), sequence)) {
      this.#complain(`push ${sequence} has other bytes`);
    }
    this.#heard++;
  }

  #checkAnswer(sequence: number, answer: unknown): void {
    if (!isBody(answer, streams.answers(this.#conversation), sequence)) {
      this.#complain(`the answer to ${sequence} has other bytes`);
    }
    this.#answered++;
  }

  /** What still waits when a page is left is cut off, which is no fault. */
  #complain(what: string): void {
    if (this.#done) return;
    this.#line.send(channels.wrong, this.#conversation, what);
  }
}
