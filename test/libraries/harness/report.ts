import type { FramePath } from '../../electron/harness/paths.ts';
import type { Mode } from '../../electron/harness/runner/report.ts';

/** What one run of a flow leaves behind, as JSON. */
export interface FlowReport {
  readonly observations: Readonly<Record<string, readonly string[]>>;
  /** The path of every window, asked when it closed or when the flow had ended. */
  readonly paths: readonly WindowPath[];
  readonly traffic: Traffic;
  /** Why the flow did not come to its end. */
  readonly error?: string;
}

export interface WindowPath extends FramePath {
  readonly url: string;
}

/** Messages of the flow by the way they took; ringwire's own are not among them. */
export interface Traffic {
  /** From renderers to main. */
  readonly received: Ways;
  /** From main to renderers; answers are not counted. */
  readonly sent: Ways;
}

export interface Ways {
  ring: number;
  stock: number;
}

/** What the application is told, as its last arguments: which flow, how, and where to write. */
export type Arguments = [folder: string, mode: Mode, workingFolder: string];

/** Below the working folder. */
export const reportName = 'report.json';
