import { expect, it } from 'vitest';
import { compare } from '../../../lib/doctor/compare.ts';
import { isHealthy } from '../../../lib/doctor/screen.ts';
import { machine, report } from './reports.ts';

it('two sides that saw the same, with rings where they can be, are healthy', () => {
  const comparison = compare(report('stock'), report('ringwire'));
  expect(isHealthy(machine, comparison)).toBe(true);
  expect(comparison.verdicts.get('send')).toEqual({
    isolated: 'same',
    node: 'same',
    sandboxed: 'same',
  });
});

it('a kind that differs in one window is named with both', () => {
  const observations = { send: '[3]', invoke: '[2]' };
  const comparison = compare(report('stock'), report('ringwire', { sandboxed: { observations } }));
  expect(isHealthy(machine, comparison)).toBe(false);
  expect(comparison.verdicts.get('send')).toMatchObject({ node: 'same', sandboxed: 'DIFFERS' });
  expect(comparison.differences).toEqual([
    { window: 'sandboxed', what: 'send', stock: '[1]', ringwire: '[3]' },
  ]);
});

it.each(['stock', 'ringwire'] as const)('a kind that only %s has differs', (side) => {
  const more = report(side, { node: { observations: { send: '[1]', invoke: '[2]', extra: 'x' } } });
  const comparison =
    side === 'stock' ? compare(more, report('ringwire')) : compare(report('stock'), more);
  expect(comparison.differences).toMatchObject([{ window: 'node', what: 'extra' }]);
  expect(comparison.verdicts.get('extra')).toEqual({
    isolated: '-',
    node: 'DIFFERS',
    sandboxed: '-',
  });
});

it('a window that could have a ring and has none is named with the reason', () => {
  const path = { path: 'stock', reason: 'unsupported', detail: 'no _send' } as const;
  const comparison = compare(report('stock'), report('ringwire', { isolated: { path } }));
  expect(comparison.ringless).toEqual([{ window: 'isolated', why: 'no _send' }]);
  expect(isHealthy(machine, comparison)).toBe(false);
});

it('where the addon does not load, that is the reason', () => {
  const path = { path: 'stock', reason: 'unsupported' } as const;
  const without = report('ringwire', { isolated: { path }, node: { path } });
  const { ringless } = compare(report('stock'), { ...without, addonError: 'no build for vax' });
  expect(ringless).toEqual([
    { window: 'isolated', why: 'no build for vax' },
    { window: 'node', why: 'no build for vax' },
  ]);
});

it('a window that stopped on ringwire alone differs, also where the rest was the same', () => {
  const comparison = compare(
    report('stock'),
    report('ringwire', { node: { stoppedAt: 'invoke' } }),
  );
  expect(comparison.differences).toEqual([
    { window: 'node', what: 'comes to an end', stock: 'nothing', ringwire: 'stopped at invoke' },
  ]);
});

it('a window that did not open differs', () => {
  const { isolated: _, ...windows } = report('ringwire').windows;
  const comparison = compare(report('stock'), { ...report('ringwire'), windows });
  expect(comparison.ringless).toEqual([{ window: 'isolated', why: 'it did not open' }]);
  expect(comparison.differences).toContainEqual({
    window: 'isolated',
    what: 'comes to an end',
    stock: 'nothing',
    ringwire: 'stopped at its opening',
  });
});
