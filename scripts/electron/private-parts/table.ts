/** What was read from Electron's sources, as it is kept, and as the documents show it. */
import type { Sources } from './checkout.ts';
import { parts } from './parts.ts';

/** From the first to the last of consecutive versions. */
export type Range = readonly [first: string, last: string];

export interface Findings {
  /** The newest version that was read, of each major one. */
  readonly newest: Readonly<Record<string, string>>;
  /** By part and form. */
  readonly forms: Readonly<Record<string, Readonly<Record<string, readonly Range[]>>>>;
}

/** @throws Error that lists what has no known form */
export async function find(all: AsyncIterable<Sources>): Promise<Findings> {
  const newest: Record<string, string> = {};
  const forms: Record<string, Record<string, [string, string][]>> = {};
  const before: Record<string, string> = {};
  const unknown: string[] = [];
  for await (const sources of all) {
    const { version } = sources;
    newest[majorOf(version)] = version;
    for (const [id, part] of Object.entries(parts)) {
      const form = part.formIn(sources);
      if (form === undefined || !(form in part.forms)) {
        unknown.push(`${version}: ${part.title}: ${form ?? 'nothing that is known'}`);
        continue;
      }
      forms[id] ??= {};
      forms[id][form] ??= [];
      const ranges = forms[id][form];
      const last = ranges.at(-1);
      if (last && before[id] === form) last[1] = version;
      else ranges.push([version, version]);
      before[id] = form;
    }
  }
  if (unknown.length > 0) throw new Error(`No known form:\n${unknown.join('\n')}`);
  return { newest, forms };
}

/** The form of each part in a version of the findings, such as `36.0.0`. */
export function formsOf(findings: Findings, version: string): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const [id, forms] of Object.entries(findings.forms)) {
    for (const [form, ranges] of Object.entries(forms)) {
      if (ranges.some(([first, last]) => isIn(version, first, last))) chosen[id] = form;
    }
  }
  return chosen;
}

/** Versions with which a form of one of these parts begins, oldest first. */
export function changes(findings: Findings, ids: readonly string[]): string[] {
  const ranges = ids.flatMap((id) => Object.values(findings.forms[id] ?? {}).flat());
  return [...new Set(ranges.map(([first]) => first))].sort(compareNumbers);
}

/** The table as Markdown. */
export function render(findings: Findings): string {
  const rows = Object.entries(parts).flatMap(([id, { title, chosen, forms }]) => {
    const found = Object.entries(findings.forms[id] ?? {});
    return found.map(([form, ranges], i) => {
      const head = i === 0 ? `**${title}**; ${chosen}` : '';
      const versions = ranges.map((range) => label(range, findings)).join(', ');
      return `| ${head} | ${versions} | ${forms[form]} |`;
    });
  });
  const head = ['| what it is; how ringwire chooses | versions | its form |', '|---|---|---|'];
  return [...head, ...rows].join('\n');
}

/** Whole major versions by their number. */
function label([first, last]: Range, { newest }: Findings): string {
  const begins = first.replace(/\.0\.0(-.*)?$/, '').replace(/\.0$/, '');
  const ends = newest[majorOf(last)] === last ? majorOf(last) : last;
  if (begins === ends) return begins;
  return `${begins} to ${ends}`;
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? '';
}

function isIn(version: string, first: string, last: string): boolean {
  return compareNumbers(first, version) <= 0 && compareNumbers(version, last) <= 0;
}

/** The three numbers decide; a preview counts as its release. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.-]/).slice(0, 3).map(Number));
  const at = left?.findIndex((value, i) => value !== right?.[i]) ?? -1;
  return at < 0 ? 0 : (left?.[at] ?? 0) - (right?.[at] ?? 0);
}
