import type { ContenderRecord } from '../../harness/results.ts';
import type { Row } from '../rows.ts';

/** What every plot starts from. */
export interface Drawing {
  readonly rows: readonly Row[];
  /** In the order of the legend. */
  readonly contenders: readonly ContenderRecord[];
  readonly subtitle: readonly string[];
}
