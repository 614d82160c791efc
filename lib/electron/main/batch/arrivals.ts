import { nativeAddon } from '../../../core/native.ts';
import { endTurn } from '../dispatch/reply-channel.ts';
import type { MainLoop } from '../loop/main-loop.ts';
import { UiTasks } from '../loop/ui-tasks.ts';

/**
 * Milliseconds after which a turn delivers nothing more: input passes through main on its way to any
 * window, and does not wait for a burst on stock, where each message is a task.
 */
const longTurn = 1;

/**
 * Above so many that wait, whatever comes takes a turn of its own. Else a flood would be read faster than
 * it is delivered, and V8 keeps the memory of what once waited.
 */
const manyWaiting = 4096;

/** Node's way to run ticks and microtasks between two callbacks; it does so between timers. */
const runTicks = (process as { _tickCallback?: () => void })._tickCallback;

/** Whether this Node can deliver several messages in a task as if each had come alone. */
export function canDeliverTogether(): boolean {
  return typeof runTicks === 'function';
}

/** Something that came by stock IPC. */
export interface Arrival {
  /** Throws what a listener throws. */
  deliver(): void;
  /** What is told when a turn ends in which this was delivered. */
  readonly turnEnd?: { release(): void };
}

/**
 * Delivers what came by stock IPC in the order in which it came, each with its ticks and microtasks
 * done before the next, in tasks that do not last. Once something waits, all that comes later waits
 * behind it, from whichever document.
 */
export class Arrivals {
  readonly #loop: Pick<MainLoop, 'nested' | 'tellsNesting'>;
  /** Oldest first, from `#next` on. */
  #waiting: Arrival[] = [];
  #next = 0;
  /** Of those that were delivered in the turn that runs. */
  readonly #turnEnds = new Set<{ release(): void }>();
  /** Made for the first burst that lasts: most applications never see one. */
  #tasks: UiTasks | undefined;
  /** A task is posted and has not run. */
  #coming = false;
  #delivering = false;

  constructor(loop: Pick<MainLoop, 'nested' | 'tellsNesting'>) {
    this.#loop = loop;
  }

  /** Whether nothing waits: what is delivered now overtakes nothing. */
  get idle(): boolean {
    return this.#waiting.length === 0;
  }

  /** To be followed by {@link deliver}, when all that came together is here. */
  add(arrival: Arrival): void {
    this.#waiting.push(arrival);
  }

  /** Delivers what waits: as much as one turn holds now, the rest in tasks to come. */
  deliver(): void {
    const isFlood = this.#waiting.length - this.#next > manyWaiting && !this.#delivering;
    if (!this.#coming || isFlood) this.#turn();
  }

  /**
   * Delivers all that waits now, because something that a document did later is about to happen. Not
   * while something is being delivered: that goes first.
   */
  drain(): void {
    if (!this.#delivering) this.#turn(Number.POSITIVE_INFINITY);
  }

  /**
   * A nested loop has begun, such as a drag. A listener that waits for its end must not hold up the
   * messages behind its own, nor the answers before.
   */
  loopNested(): void {
    if (!this.idle || this.#turnEnds.size > 0) this.#postTask();
  }

  #turn(longest = longTurn): void {
    if (this.idle && this.#turnEnds.size === 0) return;
    // Where nothing reports a nested loop, each may become one.
    if (!this.#loop.tellsNesting) this.#postTask();
    const end = performance.now() + longest;
    for (let next = this.#take(); next; next = performance.now() < end ? this.#take() : undefined) {
      this.#deliver(next);
    }
    for (const turnEnd of this.#turnEnds) turnEnd.release();
    this.#turnEnds.clear();
    endTurn();
    if (!this.idle) this.#postTask();
  }

  #take(): Arrival | undefined {
    const next = this.#waiting[this.#next++];
    // Half of it at a time: to move all that wait for each of them would take long in a flood.
    if (this.#next * 2 >= this.#waiting.length) {
      this.#waiting.splice(0, this.#next);
      this.#next = 0;
    }
    return next;
  }

  #deliver(arrival: Arrival): void {
    if (arrival.turnEnd) this.#turnEnds.add(arrival.turnEnd);
    const outer = this.#delivering;
    this.#delivering = true;
    try {
      arrival.deliver();
    } catch (error) {
      nativeAddon().reportUncaught(error);
    }
    this.#delivering = outer;
    if (!this.#loop.nested) runTicks?.();
  }

  #postTask(): void {
    if (this.#coming) return;
    this.#coming = true;
    this.#tasks ??= new UiTasks();
    this.#tasks.post(() => {
      this.#coming = false;
      this.#turn();
    });
  }
}
