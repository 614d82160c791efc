import { bodyOf, isBody } from './body.ts';
import { type Account, streams } from './channels.ts';

/** What the soak prints at its end: sums over all conversations. */
export interface Sums {
  conversations: number;
  /** Conversations whose two sides compared their counts at the end, and which were equal. */
  compared: number;
  messages: number;
  calls: number;
  requests: number;
  pushes: number;
  bytes: number;
}

/** How a message came. */
export type Kind = 'messages' | 'calls' | 'requests';

interface Conversation {
  readonly id: number;
  /** The number that the next message has to have. */
  next: number;
  answered: number;
  pushed: number;
}

/**
 * Who has said what in each conversation, and what was wrong. One that was cut off stays: what comes
 * late from it has to be without a gap, too.
 */
export class Ledger {
  readonly sums: Sums = {
    conversations: 0,
    compared: 0,
    messages: 0,
    calls: 0,
    requests: 0,
    pushes: 0,
    bytes: 0,
  };
  readonly faults: string[] = [];
  readonly #conversations = new Map<number, Conversation>();
  readonly #onFault: (what: string) => void;

  constructor(onFault: (what: string) => void) {
    this.#onFault = onFault;
  }

  open(): number {
    const id = ++this.sums.conversations;
    this.#conversations.set(id, { id, next: 0, answered: 0, pushed: 0 });
    return id;
  }

  /** Counts what came, which has to be the next one. */
  take(kind: Kind, id: number, sequence: number, body: unknown): void {
    const conversation = this.#get(id);
    if (conversation === undefined) {
      this.fault(id, `${kind} ${sequence} came after its end`);
      return;
    }
    if (sequence !== conversation.next) {
      this.fault(id, `${kind} ${sequence} came instead of number ${conversation.next}`);
    }
    conversation.next = sequence + 1;
    if (!isBody(body, streams.up(id), sequence)) this.fault(id, `${sequence} has other bytes`);
    this.sums[kind]++;
    this.sums.bytes += body instanceof Uint8Array ? body.length : 0;
  }

  answer(id: number, sequence: number): Uint8Array {
    const conversation = this.#get(id);
    if (conversation !== undefined) conversation.answered++;
    return bodyOf(streams.answers(id), sequence);
  }

  /** The next push of a conversation. */
  push(id: number): [conversation: number, sequence: number, body: Uint8Array] {
    const conversation = this.#get(id);
    if (conversation === undefined) throw new Error(`conversation ${id} has ended`);
    const sequence = conversation.pushed++;
    const body = bodyOf(streams.down(id), sequence);
    this.sums.pushes++;
    this.sums.bytes += body.length;
    return [id, sequence, body];
  }

  /** The end in good order: nothing is missing on either side. */
  compare(id: number, theirs: Account): void {
    const { next, answered, pushed } = this.#get(id) ?? {};
    const ours = { sent: next, answered, heard: pushed };
    for (const key of ['sent', 'answered', 'heard'] as const) {
      if (ours[key] !== theirs[key]) {
        this.fault(id, `${key}: ${theirs[key]} there and ${ours[key]} here`);
      }
    }
    this.#close(id);
  }

  /** A page was left: all that it sent has come. */
  bye(id: number, sent: number): void {
    const next = this.#get(id)?.next;
    if (next !== sent) this.fault(id, `left after ${sent}, of which ${next} came`);
    this.#close(id);
  }

  fault(id: number, what: string): void {
    this.faults.push(`conversation ${id}: ${what}`);
    this.#onFault(`conversation ${id}: ${what}`);
  }

  #get(id: number): Conversation | undefined {
    return this.#conversations.get(id);
  }

  #close(id: number): void {
    this.sums.compared++;
    this.#conversations.delete(id);
  }
}
