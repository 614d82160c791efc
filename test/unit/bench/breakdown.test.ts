import { describe, expect, it } from 'vitest';
import type { ScenarioRecord } from '../../../bench/harness/results.ts';
import { roundTrip, streamed, thereAndBack } from '../../../bench/parts/least-time.ts';
import { echoed, type Parts } from '../../../bench/parts/parts.ts';
import { breakdownOf } from '../../../bench/report/breakdown.ts';
import { reportMarkdown } from '../../../bench/report/table.ts';
import { sendSync, smallResults } from '../../helpers/bench-results.ts';

describe('figures beside their floor', () => {
  const columns = (line: string | undefined): string[] =>
    (line ?? '')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const parts: Parts = {
    codec: { number: { encode: 0.1, decode: 0.2 }, bytes: { encode: 0.5, decode: 0.3 } },
    crossing: { call: 0.1, send: 0.3, deliver: 0.5 },
    dispatch: {
      ...{ message: 1.2, sync: 2, invoke: 1.8, bare: 0.1 },
      electron: { message: 2.2, sync: 3, invoke: 3.8 },
    },
  };
  const floor = { spin: 0.2, futex: 80.2, stream: 0.01, memcpy: { 1024: 2 }, pages: { 1024: 30 } };
  const small: ScenarioRecord = { ...sendSync, floor: 0.2, recipe: echoed('number', 'sync') };

  it('add up: floor, pieces as often as they are needed, and the rest', () => {
    expect(breakdownOf(small, 7.5, parts)).toEqual({
      floor: 0.2,
      codec: expect.closeTo(0.6),
      crossing: expect.closeTo(1.6),
      dispatch: 2,
      allocation: 0,
      rest: expect.closeTo(3.1),
    });
    const bytes = { ...small, bytes: 1024, floor: 8.2, recipe: echoed('bytes', 'sync') };
    expect(breakdownOf(bytes, 60, parts, floor.pages)).toMatchObject({
      codec: expect.closeTo(1.6),
      allocation: 60,
      rest: expect.closeTo(-13.4), // it was not one after the other
    });
  });

  it('are not broken down where something was not measured', () => {
    const bytes = { ...small, bytes: 512, recipe: echoed('bytes', 'sync') };
    expect(breakdownOf(bytes, 60, parts, floor.pages)).toBeUndefined();
    expect(breakdownOf(bytes, 60, parts)).toBeUndefined();
    expect(breakdownOf(sendSync, 7.5, parts)).toBeUndefined();
  });

  it('are in the report with their floor, their parts, and every piece', () => {
    const scenarios = smallResults().scenarios.map((it) => (it.id === 'send-sync' ? small : it));
    const text = reportMarkdown({ ...smallResults(), scenarios, floor, parts });
    const lines = text.split('\n');
    expect(columns(lines.find((line) => line.includes('× floor |'))).slice(8, 11)).toEqual([
      ...['target', 'floor', '× floor'],
    ]);
    const rows = lines.filter((line) => /^\|.*\/s +\|/.test(line)).map(columns);
    expect(rows.map((row) => row.slice(9, 11))).toEqual([
      ['0.2 µs', '2000×'],
      ['0.2 µs', '38×'],
      ['', ''], // idle
      ['', ''],
    ]);
    expect(text).toContain('## Where the time goes');
    expect(columns(lines.find((line) => line.endsWith('41.3 % |')))).toEqual([
      ...['sendSync, small', '7.5 µs', '0.2 µs', '0.6 µs', '1.6 µs', '2 µs', ''],
      ...['3.1 µs', '41.3 %'],
    ]);
    expect(text).toContain('the wake-up in it, 80 µs in this run');
    expect(text).toMatch(/\| dispatch: `send`, by `ipcMain.emit` alone +\| +0.1 µs \|/);
  });

  it('stand alone in results of before there was more', () => {
    const text = reportMarkdown({ ...smallResults(), floor: { spin: 0.1, futex: 5, memcpy: {} } });
    expect(text).not.toMatch(/× floor|Where the time goes|new pages|through a ring/);
  });
});

describe('the least time', () => {
  const floor = { spin: 0.2, futex: 80, stream: 0.01, memcpy: {}, echo: { 1024: 8.2 } };

  it('is what the machine needs for the same', () => {
    expect(roundTrip(floor)).toBe(0.2);
    expect(streamed(floor)).toBe(0.01);
    expect(thereAndBack(1024)(floor)).toBe(8.2);
  });

  it('is not known of what was not measured', () => {
    expect(streamed({ spin: 0.2, futex: 80, memcpy: {} })).toBeUndefined();
    expect(thereAndBack(512)(floor)).toBeUndefined();
    expect(thereAndBack(512)({ spin: 0.2, futex: 80, memcpy: { 512: 2 } })).toBeUndefined();
  });
});
