import type { Sources } from './checkout.ts';

/** Whether the sources are like this. */
export type Condition = (sources: Sources) => boolean;

/** The first form whose condition holds. */
export function firstOf(
  forms: Readonly<Record<string, Condition>>,
): (sources: Sources) => string | undefined {
  return (sources) => Object.keys(forms).find((name) => forms[name]?.(sources));
}

export function has(path: string, pattern: RegExp): Condition {
  return ({ text }) => pattern.test(text(path));
}

export function both(...conditions: Condition[]): Condition {
  return (sources) => conditions.every((holds) => holds(sources));
}

export function not(condition: Condition): Condition {
  return (sources) => !condition(sources);
}
