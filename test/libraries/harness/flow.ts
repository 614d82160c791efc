import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { FlowReport } from './report.ts';
import { runFlow } from './run.ts';

/** Lines per actor; complete for each actor it names, the others are only compared. */
export type Expected = Readonly<Record<string, readonly string[]>>;

interface FlowOptions {
  /** How many messages there are depends on the garbage collector. */
  readonly collectsGarbage?: boolean;
}

/** Declares the tests of one flow of catalogue.ts. */
export function flow(folder: string, expected: Expected, options: FlowOptions = {}): void {
  const electron = inject('electron');
  describe(`${folder}, on Electron ${electron.version}`, () => {
    let stock: FlowReport;
    let ringwire: FlowReport;
    beforeAll(async () => {
      stock = await runFlow(electron, folder, 'stock');
      ringwire = await runFlow(electron, folder, 'ringwire');
    });

    test('on stock it does what is written down', () => {
      expectLines(stock, expected);
      expect(stock.traffic.received.ring + stock.traffic.sent.ring).toBe(0);
    });

    test('on ringwire it does the same', () => {
      expectLines(ringwire, expected);
      expect(ringwire.observations).toEqual(stock.observations);
    });

    test('on ringwire its windows are on the ring, and so is every message', () => {
      expect(ringwire.paths.length).toBeGreaterThan(0);
      expect(ringwire.paths.filter(({ path }) => path !== 'ring')).toEqual([]);
      const { received, sent } = ringwire.traffic;
      expect([received.stock, sent.stock]).toEqual([0, 0]);
      expect(received.ring).toBeGreaterThan(0);
      if (options.collectsGarbage) return;
      expect([received.ring, sent.ring]).toEqual([
        stock.traffic.received.stock,
        stock.traffic.sent.stock,
      ]);
    });
  });
}

function expectLines({ observations, error }: FlowReport, expected: Expected): void {
  const named = Object.keys(expected).map((actor) => [actor, observations[actor] ?? []]);
  expect({ error, ...Object.fromEntries(named) }).toEqual({ error: undefined, ...expected });
}
