/**
 * A scenario is what an application could do with Electron's IPC, and what it then sees. The same
 * compiled scenario runs in the same real Electron twice, on stock IPC and with ringwire. Both
 * runs have to make the expected observations, and exactly the same ones.
 *
 * ```ts
 * const scenarios: readonly Scenario[] = [
 *   {
 *     name: 'invoke resolves with what the handler returns',
 *     rows: ['invoke/returns'],
 *     contexts: everywhere,
 *     async main(t) {
 *       t.ipcMain.handle('double', (_event, n: number) => n * 2);
 *       const page = await t.open();
 *       await page.run((r) => r.attempt('invoke', () => r.ipcRenderer.invoke('double', 21)));
 *     },
 *     expected: { page: ['invoke resolved 42'] },
 *   },
 * ];
 * export default scenarios;
 * ```
 *
 * Functions given to `page.run` and `preload` travel as text: they see their kit and their
 * arguments, nothing of the file around them. Scenarios import nothing but this file and types;
 * Electron is in the kit (vitest loads the same file, where there is no Electron).
 */
import type * as ElectronMain from 'electron';
import type { ContextName } from './contexts.ts';
import type { MainKit } from './main-kit.ts';
import type { Row } from './rows.ts';

export { type ContextName, contexts, everywhere } from './contexts.ts';
export type { RendererCode } from './kit.ts';

/** Lines per actor: `main`, `console` (main's warnings and errors), and each page by its name. */
export type Observations = Readonly<Record<string, readonly string[]>>;

export interface Scenario {
  /** A sentence about behaviour; unique among all scenarios. */
  readonly name: string;
  /** The rows of the contract (rows.ts) that it shows. */
  readonly rows: readonly Row[];
  /** @default isolated and sandboxed */
  readonly contexts?: readonly ContextName[];
  main(t: MainKit): Promise<void> | void;
  /** By context and major version where they differ. Complete for each actor it names; an actor that it does not name is only compared. */
  readonly expected: Observations | ((context: ContextName, electron: number) => Observations);
  /** Runs before `ringwire/register` is required; needs a process of its own. */
  beforeRegister?(t: EarlyKit): void;
  /** A process of its own, with these additions. */
  readonly process?: {
    readonly env?: Record<string, string>;
    readonly switches?: string[];
    /** The application's main file is an ES module. */
    readonly module?: true;
  };
  /** `stock`: in the ringwire run, too, no frame is to be on the ring. @default by context */
  readonly path?: 'stock';
  /** The Electron versions that have what it shows, as major numbers, and why others have not. */
  readonly versions?: { readonly from?: number; readonly to?: number; readonly why: string };
  /** Where it needs what only these systems have. @default all */
  readonly systems?: readonly NodeJS.Platform[];
  /** Milliseconds until it counts as hung. @default 60000 */
  readonly timeout?: number;
}

/** What there is before registering. */
export interface EarlyKit {
  readonly electron: typeof import('electron');
  readonly ipcMain: ElectronMain.IpcMain;
  log(label: string, ...values: unknown[]): void;
}

export function contextsOf(one: Scenario): readonly ContextName[] {
  return one.contexts ?? ['isolated', 'sandboxed'];
}

export function expectedOf(one: Scenario, context: ContextName, electron: number): Observations {
  return typeof one.expected === 'function' ? one.expected(context, electron) : one.expected;
}

/** Whether an Electron, on this system, has what a scenario shows. */
export function runsOn({ versions, systems }: Scenario, electron: string): boolean {
  if (systems && !systems.includes(process.platform)) return false;
  const { from = 0, to = Number.POSITIVE_INFINITY } = versions ?? {};
  const major = majorOf(electron);
  return major >= from && major <= to;
}

export function majorOf(electron: string): number {
  return Number.parseInt(electron, 10);
}
