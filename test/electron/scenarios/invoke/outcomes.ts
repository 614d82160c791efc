import type { Scenario } from '../../harness/scenario.ts';

interface Case {
  readonly row: Scenario['rows'][number];
  readonly does: string;
  readonly handler: () => unknown;
  readonly outcome: string;
  /** What main prints about it. */
  readonly console?: string;
}

const failed = "rejected Error(\"Error: Error invoking remote method 'channel': ";
const printed = "error: Error occurred in handler for 'channel': ";

const cases: readonly Case[] = [
  {
    row: 'invoke/returns',
    does: 'returns a value',
    handler: () => ({ answer: 42 }),
    outcome: 'resolved Object {answer: 42}',
  },
  {
    row: 'invoke/returns',
    does: 'returns a promise',
    handler: async () => 'later',
    outcome: 'resolved "later"',
  },
  {
    row: 'invoke/returns-undefined',
    does: 'returns nothing',
    handler: () => {},
    outcome: 'resolved undefined',
  },
  {
    row: 'invoke/throws-error',
    does: 'throws an error',
    handler: () => {
      throw new Error('m');
    },
    outcome: `${failed}Error: m")`,
    console: `${printed}Error("Error: m")`,
  },
  {
    row: 'invoke/throws-error',
    does: 'rejects with an error that has a code',
    handler: () => Promise.reject(Object.assign(new Error('m'), { code: 'E_CODE' })),
    outcome: `${failed}Error: m")`,
    console: `${printed}Error("Error: m") {code: "E_CODE"}`,
  },
  {
    row: 'invoke/throws-named',
    does: 'throws a type error',
    handler: () => {
      throw new TypeError('m');
    },
    outcome: `${failed}TypeError: m")`,
    console: `${printed}TypeError("TypeError: m")`,
  },
  {
    row: 'invoke/throws-named',
    does: 'throws an error with a name of its own',
    handler: () => {
      throw Object.assign(new Error('m'), { name: 'MyError' });
    },
    outcome: `${failed}MyError: m")`,
    console: `${printed}Error("MyError: m") {name: "MyError"}`,
  },
  {
    row: 'invoke/throws-value',
    does: 'throws a string',
    handler: () => {
      throw 'text';
    },
    outcome: `${failed}text")`,
    console: `${printed}text`,
  },
  {
    row: 'invoke/throws-value',
    does: 'throws an object',
    handler: () => {
      throw { a: 1 };
    },
    outcome: `${failed}[object Object]")`,
    console: `${printed}Object {a: 1}`,
  },
  {
    row: 'invoke/throws-value',
    does: 'throws a symbol',
    handler: () => {
      throw Symbol('q');
    },
    outcome: `${failed}Symbol(q)")`,
    console: `${printed}Symbol(q)`,
  },
  {
    row: 'invoke/throws-empty',
    does: 'throws an empty string',
    handler: () => {
      throw '';
    },
    outcome: 'resolved undefined',
    console: printed,
  },
  {
    row: 'invoke/unclonable-result',
    does: 'returns what cannot be cloned',
    handler: () => () => {},
    outcome: `${failed}Error: An object could not be cloned.")`,
    console: `${printed}Error("Error: An object could not be cloned.")`,
  },
];

const scenarios: readonly Scenario[] = cases.map(({ row, does, handler, outcome, console }) => ({
  name: `invoke when the handler ${does}`,
  rows: [row],
  contexts: ['isolated', 'node', 'sandboxed'] as const,
  async main(t) {
    t.ipcMain.handle('channel', handler);
    const page = await t.open();
    await page.run((r) => r.attempt('invoke', () => r.ipcRenderer.invoke('channel')));
  },
  expected: { page: [`invoke ${outcome}`], console: console === undefined ? [] : [console] },
}));
export default scenarios;
