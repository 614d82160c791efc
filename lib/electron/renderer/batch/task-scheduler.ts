/** Deliveries in one task: enough to spread the cost of a task, too few to freeze a page. */
const perTask = 512;

/**
 * Milliseconds after which a task delivers nothing more, however much waits: frames, timers and input
 * come in between, as they do on stock, where each delivery is a task. Answers that pass events have
 * as much again.
 */
const longTask = 1;

/**
 * The most tasks that are posted at once. Each passes through another thread, which has to wake: a
 * burst took a little less with four than with one.
 */
const mostTasks = 4;

// As it was before any script of the page could replace it.
const Channel = globalThis.MessageChannel;
const { now } = Date;

/** Deliveries that follow each other, from index 0 to `count` - 1. At least one. */
export interface Deliveries {
  readonly count: number;
  deliver(index: number): void;
}

/** A single delivery. */
export function once(deliver: () => void): Deliveries {
  return { count: 1, deliver: () => deliver() };
}

/** Deliveries that wait, from index `next` on. */
interface Waiting {
  readonly deliveries: Deliveries;
  next: number;
  /** How many events had been pushed before. */
  readonly behind: number;
}

/**
 * Runs deliveries one after the other in a document, with the microtasks of each done before the
 * next, as if each had come in a task of its own. An answer comes behind the events that were pushed
 * before it, unless these take longer than a task should: as on stock, it does not wait for them all.
 *
 * A browser does a microtask checkpoint after each listener of an event that it dispatches itself,
 * and reports what a listener throws before it calls the next. So one message to a port of our
 * own, with many listeners, makes many turns: 1.1 us each, where a task takes 9
 * (Electron 25.1.1, AMD EPYC).
 */
export class TaskScheduler {
  readonly #events: Waiting[] = [];
  readonly #answers: Waiting[] = [];
  /** Deliveries that wait. */
  #count = 0;
  /** Events that were ever pushed. */
  #pushed = 0;
  /** Those of them that were delivered. */
  #delivered = 0;
  /** When the task that runs had its first turn, or began to let answers pass. */
  #began: number | undefined;
  /** The events of the task that runs have had their time; answers go ahead of the others. */
  #passing = false;
  /** Made for the first burst: most documents never see one. */
  #port: MessagePort | undefined;
  /** Tasks that are posted and have not run. */
  #coming = 0;

  /** Whether nothing waits: what is delivered now overtakes nothing. */
  get idle(): boolean {
    return this.#count === 0;
  }

  /**
   * Delivers each event in a turn of its own, after all others, from index `next` on. An exception
   * is reported as uncaught.
   */
  push(deliveries: Deliveries, next = 0): void {
    this.#push(this.#events, deliveries, next);
    this.#pushed += deliveries.count - next;
  }

  /** The same for answers, whose order is their own. */
  pushAnswers(deliveries: Deliveries, next = 0): void {
    this.#push(this.#answers, deliveries, next);
  }

  /**
   * Delivers all waiting events now: the document is being left, and they would be lost with it.
   */
  drain(): void {
    for (let [oldest] = this.#events; oldest; [oldest] = this.#events) {
      try {
        this.#take(this.#events, oldest);
      } catch (error) {
        reportError(error);
      }
    }
  }

  #push(lane: Waiting[], deliveries: Deliveries, next: number): void {
    if (next === deliveries.count) return;
    lane.push({ deliveries, next, behind: this.#pushed });
    this.#count += deliveries.count - next;
    this.#postTasks();
  }

  /** Posts as many tasks as it takes to deliver what waits. */
  #postTasks(): void {
    if (this.#coming >= mostTasks || this.#count <= this.#coming * perTask) return;
    this.#coming++;
    this.#port ??= this.#listen();
    this.#port.postMessage(undefined);
  }

  #listen(): MessagePort {
    const { port1, port2 } = new Channel();
    for (let i = 0; i < perTask; i++) {
      port1.addEventListener('message', (event) => this.#turn(event));
    }
    port1.addEventListener('message', () => this.#ended());
    port1.start();
    return port2;
  }

  #turn(event: Event): void {
    const lane = this.#next();
    const oldest = lane?.[0];
    if (lane === undefined || oldest === undefined) {
      event.stopImmediatePropagation();
      this.#ended();
      return;
    }
    this.#take(lane, oldest);
  }

  /** Delivers the first of the oldest that wait in a lane. */
  #take(lane: Waiting[], oldest: Waiting): void {
    const { deliveries } = oldest;
    const index = oldest.next++;
    if (oldest.next === deliveries.count) lane.shift();
    if (lane === this.#events) this.#delivered++;
    this.#count--;
    deliveries.deliver(index);
  }

  /** The lane that delivers next. Undefined: this task is over. */
  #next(): Waiting[] | undefined {
    const time = now();
    this.#began ??= time;
    // The clock may have been set back.
    const isLong = Math.abs(time - this.#began) > longTask;
    const [answer] = this.#answers;
    if (this.#passing) return answer && !isLong ? this.#answers : undefined;
    const isInTurn = answer !== undefined && answer.behind <= this.#delivered;
    if (!isLong) return isInTurn ? this.#answers : this.#events;
    // One in turn begins the next task, which else begins with events: neither starves the other.
    if (answer === undefined || isInTurn) return undefined;
    this.#began = time;
    this.#passing = true;
    return this.#answers;
  }

  /** A task is over: its turns or its time were used up, or there was nothing left. */
  #ended(): void {
    this.#began = undefined;
    this.#passing = false;
    this.#coming--;
    this.#postTasks();
  }
}
