import { once, TaskScheduler } from './batch/task-scheduler.ts';

// Node's own, which knows nothing of frames.
const runTicks = (process as { _tickCallback?: () => void })._tickCallback;

/**
 * Delivers what comes for a frame within a page in tasks of its document. A listener may remove the
 * frame, and Electron then frees the frame's Node.js at once. So neither Node.js nor the addon may
 * have called the listener: they would go on with freed memory.
 */
export class FrameTasks {
  readonly #tasks = new TaskScheduler();
  #delivering = false;

  constructor() {
    // They would go with the document. One that is being removed hears no more, as on stock.
    addEventListener('pagehide', () => this.#delivering || this.#tasks.drain(), { capture: true });
  }

  /** Runs the delivery of an event, behind those before it. */
  event(deliver: () => void): void {
    this.#tasks.push(once(() => this.#deliver(deliver)));
  }

  /** Runs what settles a promise, behind the events before it. */
  answer(settle: () => void): void {
    this.#tasks.pushAnswers(once(() => this.#deliver(settle)));
  }

  #deliver(deliver: () => void): void {
    if (isDetached()) return;
    this.#delivering = true;
    try {
      deliver();
    } finally {
      this.#delivering = false;
      if (!isDetached()) runTicks?.();
    }
  }
}

/** Whether this document's frame has been removed from its page. */
function isDetached(): boolean {
  return window.top === null;
}
