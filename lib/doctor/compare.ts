import { type SideReport, type WindowKind, windowKinds } from './report.ts';

/** Something that is not on ringwire as it is on stock. */
export interface Difference {
  readonly window: WindowKind;
  readonly what: string;
  readonly stock: string;
  readonly ringwire: string;
}

/** One kind of message in one window. */
export type Verdict = 'same' | 'DIFFERS' | '-';

export interface Comparison {
  readonly verdicts: ReadonlyMap<string, Readonly<Record<WindowKind, Verdict>>>;
  readonly differences: readonly Difference[];
  /** Windows that could have a ring and have none, and why. */
  readonly ringless: readonly { readonly window: WindowKind; readonly why: string }[];
}

/** Windows that may load the addon. */
const mayHaveRing: readonly WindowKind[] = ['isolated', 'node'];

export function compare(stock: SideReport, ringwire: SideReport): Comparison {
  const verdicts = new Map<string, Record<WindowKind, Verdict>>();
  const differences: Difference[] = [];
  for (const window of windowKinds) {
    const left = observed(stock, window);
    const right = observed(ringwire, window);
    for (const what of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const row = verdicts.get(what) ?? { isolated: '-', node: '-', sandboxed: '-' };
      const [before = 'nothing', after = 'nothing'] = [left[what], right[what]];
      row[window] = before === after ? 'same' : 'DIFFERS';
      verdicts.set(what, row);
      if (before !== after) differences.push({ window, what, stock: before, ringwire: after });
    }
  }
  return { verdicts, differences, ringless: ringlessOf(ringwire) };
}

/** A window that has not come to its end has a kind of message less, and says where it stopped. */
function observed(report: SideReport, window: WindowKind): Record<string, string> {
  const { observations = {}, stoppedAt } = report.windows[window] ?? { stoppedAt: 'its opening' };
  return stoppedAt === undefined
    ? observations
    : { ...observations, 'comes to an end': `stopped at ${stoppedAt}` };
}

function ringlessOf({ windows, addonError }: SideReport): Comparison['ringless'] {
  return mayHaveRing.flatMap((window) => {
    const { path, reason, detail } = windows[window]?.path ?? { path: 'stock', reason: undefined };
    if (path === 'ring') return [];
    return [{ window, why: addonError ?? detail ?? reason ?? 'it did not open' }];
  });
}
