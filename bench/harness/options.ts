/** The command line of a run. */
import { randomInt } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import type { Limits } from './measure/measure.ts';

export interface Options {
  readonly quick?: true;
  readonly scenario: readonly string[];
  readonly contender: readonly string[];
  readonly rounds?: number;
  readonly seed: number;
  readonly json?: true;
  readonly out?: string;
}

const collect = (value: string, all: readonly string[]): string[] => [...all, ...value.split(',')];

/** Adds the options of a run to a command. */
export function runOptions(command: Command): Command {
  return commonOptions(command)
    .option('--scenario <ids>', 'only these (or a whole group: electron, node)', collect, [])
    .option('--contender <ids>', 'only these', collect, []);
}

/** What `growth` and `feel` take. */
export type OwnRunOptions = Omit<Options, 'contender'>;

export function ownRunOptions(command: Command): Command {
  return commonOptions(command).option('--scenario <ids>', 'only these', collect, []);
}

function commonOptions(command: Command): Command {
  return command
    .option('--quick', 'one round of short trials: a look, not a claim')
    .option('--rounds <number>', 'how often each pair is measured', wholeNumber)
    .option('--seed <number>', 'repeats the order of another run', wholeNumber, randomInt(2 ** 31))
    .option('--json', 'prints results.json to stdout in place of the table')
    .option('--out <folder>', 'where results go; <date>-<machine> by default');
}

export function roundsOf({ rounds, quick }: Pick<Options, 'rounds' | 'quick'>): number {
  return rounds ?? (quick ? 1 : 5);
}

export function limitsOf({ quick }: Pick<Options, 'quick'>): Limits {
  return quick
    ? { warmUp: 150, atLeast: 250, atMost: 700, precision: 0.03 }
    : { warmUp: 700, atLeast: 1500, atMost: 5000, precision: 0.01 };
}

/** For what happens seldom, once for each window or after a rest. */
export const feelLimits: Limits = {
  warmUp: 300,
  atLeast: 1500,
  atMost: 3000,
  precision: 0.02,
};

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError(`a whole number above 0 was expected`);
}
