/** Where the time of a message goes: the floor, the pieces that were measured alone, the rest. */
import { sum } from 'simple-statistics';
import type { Floor } from '../harness/floor.ts';
import type { Results, ScenarioRecord } from '../harness/results.ts';
import type { Parts, Recipe } from '../parts/parts.ts';
import { duration, markdownTable, percent } from './format.ts';
import type { Row } from './rows.ts';

/** Microseconds of one sample. */
export interface Breakdown {
  readonly floor: number;
  readonly codec: number;
  readonly crossing: number;
  readonly dispatch: number;
  readonly allocation: number;
  /** What is left. Negative if pieces that ran at the same time were added up. */
  readonly rest: number;
}

/** Undefined if one of its pieces was not measured. */
export function breakdownOf(
  { floor, recipe, bytes = 0 }: ScenarioRecord,
  figure: number,
  parts: Parts,
  pages: Floor['pages'] = {},
): Breakdown | undefined {
  if (floor === undefined || recipe === undefined) return undefined;
  const allocation = recipe.allocated === 0 ? 0 : pages[bytes];
  if (allocation === undefined) return undefined;
  const known = {
    floor,
    ...piecesOf(recipe, parts),
    allocation: recipe.allocated * allocation,
  };
  return { ...known, rest: figure - sum(Object.values(known)) };
}

function piecesOf(recipe: Recipe, { codec, crossing, dispatch }: Parts) {
  const { encode, decode } = codec[recipe.carried];
  return {
    codec: recipe.encoded * encode + recipe.decoded * decode,
    crossing: recipe.sent * crossing.send + recipe.delivered * crossing.deliver,
    dispatch: dispatch[recipe.dispatch],
  };
}

/** For ringwire only: nothing else consists of these pieces. */
export function breakdownSection({ parts, floor }: Results, rows: readonly Row[]): string[] {
  if (parts === undefined || floor === undefined) return [];
  const body = rows
    .filter(({ contender }) => contender.id === 'ringwire')
    .flatMap(({ scenario, p50 }) => {
      const found = breakdownOf(scenario, p50, parts, floor.pages);
      if (found === undefined) return [];
      const { rest, ...known } = found;
      const times = Object.values(known).map((it) => (it === 0 ? '' : duration(it)));
      return [[scenario.title, duration(p50), ...times, duration(rest), percent(rest / p50)]];
    });
  if (body.length === 0) return [];
  const head = ['ringwire', 'p50', 'floor', 'codec', 'crossing', 'dispatch', 'allocation', 'rest'];
  return [
    '## Where the time goes',
    explanation(floor),
    markdownTable([...head, 'of p50'], body),
    'The pieces:',
    markdownTable(['', 'median'], pieces(parts)),
  ];
}

function explanation({ spin, futex }: Floor): string {
  return [
    "Codec (each message encoded and decoded), crossing (JavaScript to the addon and into a ring; out of it and to JavaScript) and dispatch (event and emitters, with the listener) were each run alone in a loop in Electron's main process, so each is at its best.",
    'Allocation is new pages for what arrives, made in C++ as the addon has them made.',
    'The rest is the difference: two processes and not one, caches, event loops, and pieces that are slower among others. Below zero, pieces overlap that were added up.',
    `Where somebody slept, the rest has the wake-up in it, ${duration(futex - spin)} in this run: figures below that have none.`,
  ].join(' ');
}

function pieces({ codec, crossing, dispatch }: Parts): string[][] {
  const times: [what: string, microseconds: number][] = [
    ['codec: a number, encoded', codec.number.encode],
    ['codec: a number, decoded', codec.number.decode],
    ['codec: bytes that travel as the body, encoded', codec.bytes.encode],
    ['codec: bytes that travel as the body, decoded', codec.bytes.decode],
    ['crossing: JavaScript calls the addon, which does nothing', crossing.call],
    ['crossing: JavaScript sends a small message into a ring', crossing.send],
    [
      'crossing: a small message of a ring is delivered to JavaScript, which is entered for it',
      crossing.deliver,
    ],
    ['dispatch: `send`', dispatch.message],
    ["dispatch: `send`, by Electron's own dispatcher", dispatch.electron.message],
    ['dispatch: `send`, by `ipcMain.emit` alone', dispatch.bare],
    ['dispatch: `sendSync`', dispatch.sync],
    ["dispatch: `sendSync`, by Electron's own dispatcher", dispatch.electron.sync],
    ['dispatch: `invoke`, until its answer', dispatch.invoke],
    [
      "dispatch: `invoke`, by Electron's own dispatcher, until its answer",
      dispatch.electron.invoke,
    ],
  ];
  return times.map(([what, time]) => [what, duration(time)]);
}
