import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { listen, type Peer, type Server } from 'ringwire';
import { pauseProcess } from './pause.ts';

/** How peers end: each is told at its start, and after how long. */
const ends = ['close', 'exit', 'kill'];

/** A fixed number of Node processes, which end themselves and are started again. */
export class Peers {
  readonly server: Server;
  readonly ended: Record<string, number> = {};
  readonly #name: string;
  readonly #node: string;
  readonly #random: () => number;
  readonly #conversations = new Map<Peer, number>();
  readonly #running = new Set<ChildProcess>();
  #closing = false;

  private constructor(name: string, server: Server, node: string, random: () => number) {
    this.#name = name;
    this.server = server;
    this.#node = node;
    this.#random = random;
  }

  static async create(node: string, random: () => number): Promise<Peers> {
    const name = `ringwire/soak/${process.pid}`;
    return new Peers(name, await listen(name), node, random);
  }

  get talking(): IterableIterator<[Peer, number]> {
    return this.#conversations.entries();
  }

  start(): void {
    const end = ends[Math.floor(this.#random() * ends.length)] as string;
    const milliseconds = Math.round(2000 + this.#random() * 20_000);
    const child = spawn(
      this.#node,
      [join(__dirname, 'peer.mjs'), this.#name, end, String(milliseconds)],
      { stdio: 'inherit' },
    );
    this.#running.add(child);
    child.once('exit', () => {
      this.#running.delete(child);
      if (this.#closing) return;
      this.ended[`peer: ${end}`] = (this.ended[`peer: ${end}`] ?? 0) + 1;
      this.start();
    });
  }

  began(peer: Peer, conversation: number): void {
    this.#conversations.set(peer, conversation);
    void peer.closed.then(() => this.#conversations.delete(peer));
  }

  done(peer: Peer): void {
    this.#conversations.delete(peer);
  }

  /** Stops one of them for a moment. */
  pause(): void {
    const [...running] = this.#running;
    const { pid } = running[Math.floor(this.#random() * running.length)] ?? {};
    if (pid !== undefined) pauseProcess(pid, this.#random);
  }

  stopReplacing(): void {
    this.#closing = true;
  }

  /** Resolves when no process is left. */
  async gone(): Promise<void> {
    await Promise.all(
      [...this.#running].map((child) => new Promise((resolve) => child.once('exit', resolve))),
    );
    this.server.close();
  }
}
