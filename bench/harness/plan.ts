/** What to measure: everything, or what the command line asks for. */
import type { ElectronContender, NodeContender } from '../contenders/contender.ts';
import { electronContenders } from '../contenders/electron.ts';
import { nodeContenders } from '../contenders/node.ts';
import { electronScenarios } from '../scenarios/electron.ts';
import { nodeScenarios } from '../scenarios/node.ts';
import type { ElectronScenario, Group, NodeScenario } from '../scenarios/scenario.ts';

/** A scenario and its contenders. */
export type Match =
  | {
      readonly group: 'electron';
      readonly scenario: ElectronScenario;
      readonly contenders: readonly ElectronContender[];
    }
  | {
      readonly group: 'node';
      readonly scenario: NodeScenario;
      readonly contenders: readonly NodeContender[];
    };

export interface Choice {
  /** Ids of scenarios, or of groups; all of them when empty. */
  readonly scenarios: readonly string[];
  readonly contenders: readonly string[];
}

const groups: readonly Group[] = ['electron', 'node'];

/**
 * What a run of its own measures, such as `npm run bench -- growth`: all of its scenarios, or some.
 *
 * @throws RangeError as {@link matches}
 */
export function ownMatches(
  scenarios: readonly ElectronScenario[],
  ids: readonly string[] = [],
): Match[] {
  refuseUnknown('scenario', ids, scenarios.map(idOf));
  return scenarios
    .filter(({ id }) => chosen(ids, id))
    .map((scenario) => ({ group: 'electron', scenario, contenders: electronContenders }));
}

/** @throws RangeError naming what there is, when something chosen is not there */
export function matches(choice: Choice): Match[] {
  const scenarioIds = [...groups, ...electronScenarios, ...nodeScenarios].map(idOf);
  const contenderIds = [...electronContenders, ...nodeContenders].map(idOf);
  refuseUnknown('scenario', choice.scenarios, scenarioIds);
  refuseUnknown('contender', choice.contenders, contenderIds);

  const wanted = ({ id }: { id: string }): boolean => chosen(choice.contenders, id);
  const all: Match[] = [
    ...electronScenarios.map(
      (scenario): Match => ({
        group: 'electron',
        scenario,
        contenders: electronContenders.filter(wanted),
      }),
    ),
    ...nodeScenarios.map(
      (scenario): Match => ({
        group: 'node',
        scenario,
        contenders: nodeContenders.filter((it) => isAble(it, scenario) && wanted(it)),
      }),
    ),
  ];
  return all.filter(
    ({ group, scenario: { id }, contenders }) =>
      contenders.length > 0 && [group, id].some((name) => chosen(choice.scenarios, name)),
  );
}

/** Those that this Electron has what they measure for; undefined: none is needed. */
export function fitting(all: readonly Match[], electron: string | undefined): Match[] {
  const major = Number.parseInt(electron ?? '', 10);
  return all.filter(({ group, scenario }) => group === 'node' || lastOf(scenario) >= major);
}

function lastOf({ lastElectron = Number.POSITIVE_INFINITY }: ElectronScenario): number {
  return lastElectron;
}

function isAble({ can }: NodeContender, { needs }: NodeScenario): boolean {
  return needs.every((ability) => can.includes(ability));
}

function chosen(choice: readonly string[], id: string): boolean {
  return choice.length === 0 || choice.includes(id);
}

function idOf(item: string | { readonly id: string }): string {
  return typeof item === 'string' ? item : item.id;
}

function refuseUnknown(what: string, chosen: readonly string[], known: readonly string[]): void {
  const unknown = chosen.filter((id) => !known.includes(id));
  if (unknown.length === 0) return;
  throw new RangeError(
    `no ${what} ${unknown.join(', ')}; there are: ${[...new Set(known)].join(', ')}`,
  );
}
