import { describe } from './describe.ts';

/** Where observations go, one line each. Lines of one actor are ordered; actors are independent. */
export type Write = (actor: string, line: string) => void;

/** What both kits, main's and the renderers', offer for writing observations down. */
export interface Journal {
  /** Writes `label`, and the values described precisely. */
  log(label: string, ...values: unknown[]): void;
  /**
   * Runs `action` and writes what came of it: `label returned …`, `threw …`, `resolved …` or
   * `rejected …`. A promise is waited for.
   */
  attempt(label: string, action: () => unknown): Promise<void>;
  /**
   * A journal of its own, `actor:name` in the observations, for what has no promised order
   * relative to the rest: what comes by a port, or replies next to answers.
   */
  lane(name: string): Journal;
  describe(value: unknown): string;
}

export function createJournal(actor: string, write: Write): Journal {
  const log = (label: string, ...values: unknown[]): void =>
    write(actor, [label, ...values.map(describe)].join(' '));
  const attempt = async (label: string, action: () => unknown): Promise<void> => {
    let result: unknown;
    try {
      result = action();
    } catch (error) {
      log(`${label} threw`, error);
      return;
    }
    if (!(result instanceof Promise)) {
      log(`${label} returned`, result);
      return;
    }
    await result.then(
      (value) => log(`${label} resolved`, value),
      (error) => log(`${label} rejected`, error),
    );
  };
  const lane = (name: string): Journal => createJournal(`${actor}:${name}`, write);
  return { log, attempt, lane, describe };
}
