import { describe, expect, it } from 'vitest';
import { fitting, matches, ownMatches } from '../../../bench/harness/plan.ts';
import { contendersOf, scenariosOf } from '../../../bench/harness/results.ts';
import { schedule } from '../../../bench/harness/trials/schedule.ts';
import { feelScenarios } from '../../../bench/scenarios/feel.ts';
import { growthScenarios } from '../../../bench/scenarios/growth.ts';

const everything = { scenarios: [], contenders: [] };

describe('matches', () => {
  it('has a scenario for every line of the table of targets, with its targets', () => {
    const targets = scenariosOf(matches(everything))
      .filter(({ group, target }) => group === 'electron' && target)
      .map(({ id, target }) => [id, target?.p50]);
    expect(targets).toEqual([
      ['send-sync', 50],
      ['invoke', 20],
      ['invoke-1000', 10],
      ['send-burst', 10],
      ['push-burst', 8],
      ['send-to', 5],
      ['send-sync-64k', 10],
      ['send-sync-1m', 10],
      ['send-sync-16m', 6],
      ['sandboxed-send-burst', 5],
      ['sandboxed-push-burst', 5],
      ['sandboxed-invoke-1000', 5],
    ]);
  });

  it('keeps what grows to itself: one scenario for each place on an axis', () => {
    const everywhere = matches(everything).map(({ scenario }) => scenario.id);
    const growing = scenariosOf(ownMatches(growthScenarios));
    expect(growing.filter(({ id }) => everywhere.includes(id))).toEqual([]);
    expect(new Set(growing.map(({ id }) => id)).size).toBe(growing.length);
    const axes = growing.map(({ growth }) => growth?.axis);
    const count = (axis: unknown) => axes.filter((it) => it === axis).length;
    expect([...new Set(axes)].map((axis) => [axis, count(axis)])).toEqual([
      ['bytes', 15],
      ['windows', 6],
      ['channels', 5],
      ['listeners', 5],
      ['in flight', 6],
      [undefined, 4],
    ]);
  });

  it('takes some of what grows by id', () => {
    const ids = ownMatches(growthScenarios, ['flood-click', 'grow-bytes-0']).map(
      ({ scenario }) => scenario.id,
    );
    expect(ids).toEqual(['grow-bytes-0', 'flood-click']);
    expect(() => ownMatches(growthScenarios, ['idle'])).toThrow(
      /no scenario idle; there are: grow-bytes-0, /,
    );
  });

  it('keeps what people feel to itself, with targets for what is compared', () => {
    const everywhere = matches(everything).map(({ scenario }) => scenario.id);
    const felt = scenariosOf(ownMatches(feelScenarios));
    expect(felt.filter(({ id }) => everywhere.includes(id))).toEqual([]);
    expect(new Set(felt.map(({ id }) => id)).size).toBe(felt.length);
    const targets = felt.filter(({ target }) => target).map(({ id, target }) => [id, target?.p50]);
    expect(Object.fromEntries(targets)).toMatchObject({
      'first-call': 1,
      'calls-2-to-11': 3,
      'send-sync-rest-20': 4,
      'send-sync-rest-20-second': 12,
      'invoke-rest-100': 3,
      'invoke-rest-20-second': 6,
      'first-bytes-1m': 6,
      'first-pushes': 1.5,
    });
  });

  it('knows the floor of what it measures, where there is one', () => {
    const floor = { spin: 0.2, futex: 80, stream: 0.01, memcpy: {}, echo: { 65536: 8.2 } };
    const floors = scenariosOf(matches(everything), floor)
      .filter((it) => it.floor !== undefined)
      .map((it) => [it.id, it.floor]);
    expect(floors).toEqual([
      ['send-sync', 0.2],
      ['invoke', 0.2],
      ['invoke-first', 0.2],
      ['send-burst', 0.01],
      ['push-burst', 0.01],
      ['send-to', 0.2],
      ['send-sync-64k', 8.2],
    ]);
    expect(scenariosOf(matches(everything)).some((it) => it.floor !== undefined)).toBe(false);
  });

  it('puts stock first, so that everything is held to it', () => {
    for (const { group, contenders } of matches(everything)) {
      if (group === 'electron')
        expect(contenders.map(({ id }) => id)).toEqual(['stock', 'ringwire']);
    }
  });

  it('leaves out of synchronous calls who cannot make them', () => {
    const [call] = matches({ scenarios: ['node-call'], contenders: [] });
    expect(call?.contenders.map(({ id }) => id)).toEqual(['message-port', 'synckit', 'ringwire']);
  });

  it('leaves out what an Electron does not have', () => {
    const ids = (electron: string): string[] =>
      fitting(matches(everything), electron).map(({ scenario }) => scenario.id);
    expect(ids('27.3.10')).toEqual(matches(everything).map(({ scenario }) => scenario.id));
    expect(ids('33.2.1')).toEqual(ids('27.3.10').filter((id) => id !== 'send-to'));
  });

  it('takes ids of scenarios, whole groups, and contenders', () => {
    const ids = (scenarios: string[], contenders: string[] = []): string[] =>
      matches({ scenarios, contenders }).map(({ scenario }) => scenario.id);
    expect(ids(['invoke', 'node-call'])).toEqual(['invoke', 'node-call']);
    expect(ids(['node']).every((id) => id.startsWith('node-'))).toBe(true);
    expect(ids(['node'], ['stock'])).toEqual([]);
    expect(ids([], ['unix-socket'])).not.toContain('node-call');
  });

  it('names what there is when something is not there', () => {
    expect(() => matches({ scenarios: ['sendsync'], contenders: [] })).toThrow(
      /^no scenario sendsync; there are: electron, node, send-sync, /,
    );
    expect(() => matches({ scenarios: [], contenders: ['grpc'] })).toThrow(
      /^no contender grpc; there are: stock, ringwire, /,
    );
  });

  it('gives every scenario and every contender of a group an id of its own', () => {
    const all = matches(everything);
    const scenarioIds = scenariosOf(all).map(({ id }) => id);
    const contenderIds = contendersOf(all).map(({ group, id }) => `${group}/${id}`);
    expect(new Set(scenarioIds).size).toBe(scenarioIds.length);
    expect(new Set(contenderIds).size).toBe(contenderIds.length);
  });
});

describe('contendersOf', () => {
  it('keeps the order of the list, whoever came first', () => {
    const chosen = matches({ scenarios: ['node-call', 'node-request'], contenders: [] });
    expect(contendersOf(chosen).map(({ id }) => id)).toEqual([
      ...['child-json', 'child-advanced', 'unix-socket', 'message-port', 'synckit', 'ringwire'],
    ]);
  });
});

describe('schedule', () => {
  const scenarios = ['x', 'y', 'z'];
  const contenders = ['a', 'b', 'c', 'd'];
  const plan = (seed: number, rounds = 8): string[] =>
    schedule(scenarios, () => contenders, rounds, seed).map(
      ({ round, scenario, contender }) => `${round}${scenario}${contender}`,
    );

  it('runs every pair once in every round', () => {
    const found = plan(1);
    expect(found.length).toBe(8 * 3 * 4);
    expect(new Set(found).size).toBe(found.length);
  });

  it('keeps the contenders of a scenario together in time', () => {
    const found = plan(2);
    for (let i = 0; i < found.length; i += contenders.length) {
      const turn = found.slice(i, i + contenders.length);
      expect(new Set(turn.map((it) => it.slice(0, 2))).size).toBe(1);
    }
  });

  it('repeats an order for its seed, and has another one for another seed', () => {
    expect(plan(3)).toEqual(plan(3));
    expect(plan(3)).not.toEqual(plan(4));
  });

  it('lets each contender be first now and then', () => {
    const first = plan(5).filter((_, i) => i % contenders.length === 0);
    expect(new Set(first.map((it) => it.at(-1)))).toEqual(new Set(contenders));
  });
});
