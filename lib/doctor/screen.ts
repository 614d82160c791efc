import type { Experimental } from '../core/experimental.ts';
import type { Comparison } from './compare.ts';
import { type SideReport, type WindowKind, windowKinds } from './report.ts';

/** What the doctor knows without Electron. */
export interface Machine {
  readonly ringwire: string;
  readonly platform: string;
  readonly arch: string;
  readonly cores: number;
  /** Version of the Node that runs the doctor. */
  readonly node: string;
  /** What does not work between two processes of it, if anything. */
  readonly nodeFault: string | undefined;
  /** Of the C library, or undefined. */
  readonly glibc: string | undefined;
  /** What Electron was started with, and why. */
  readonly remarks: readonly string[];
}

const titles: Readonly<Record<WindowKind, string>> = {
  isolated: 'isolated',
  node: 'node',
  sandboxed: 'sandboxed',
};

/** The one screen that a user sees, and puts into a report of a bug. */
export function render(
  machine: Machine,
  stock: SideReport,
  ringwire: SideReport,
  comparison: Comparison,
): string {
  return [
    ...renderMachine(machine, ringwire),
    '',
    ...renderPaths(ringwire),
    '',
    ...renderVerdicts(comparison),
    '',
    ...renderSpeeds(stock, ringwire),
    '',
    ...renderConclusion(machine, comparison),
  ].join('\n');
}

/** Whether all is as it should be. */
export function isHealthy({ nodeFault }: Machine, { differences, ringless }: Comparison): boolean {
  return nodeFault === undefined && differences.length === 0 && ringless.length === 0;
}

function renderMachine(machine: Machine, report: SideReport): string[] {
  const { versions, addonError, experimental } = report;
  const { ringwire, platform, arch, cores, glibc, node, nodeFault, remarks } = machine;
  const system = [`${platform} ${arch}`, glibc && `glibc ${glibc}`, `${cores} cores`];
  return [
    row('ringwire', ringwire),
    row('Electron', `${versions.electron} (Chromium ${versions.chrome}, Node ${versions.node})`),
    row('Node', `${node}, by fork: ${nodeFault ?? 'two processes talk and share memory'}`),
    row('system', system.filter(Boolean).join(', ')),
    row('addon', addonError ?? 'loaded'),
    ...(experimental ? [row('experimental', renderExperimental(experimental))] : []),
    ...remarks.map((remark) => row('note', remark)),
  ];
}

function renderExperimental({ where, on }: Experimental): string {
  return on
    ? `${where}, switched on: nobody has run it there before; please report this screen`
    : `${where}, switched off: npx ringwire doctor --experimental checks it`;
}

function renderPaths({ windows }: SideReport): string[] {
  return [
    'windows',
    ...windowKinds.map((kind) => {
      const { path, reason, detail, batched } = windows[kind]?.path ?? { path: 'did not open' };
      const why = detail ?? reason;
      const how = path === 'stock' ? `stock IPC${batched ? ', bursts in batches' : ''}` : path;
      return row(`  ${titles[kind]}`, why === undefined ? how : `${how} (${why})`);
    }),
  ];
}

function renderVerdicts({ verdicts }: Comparison): string[] {
  const head = columns(
    'as on stock IPC',
    windowKinds.map((kind) => titles[kind]),
  );
  const rows = [...verdicts].map(([what, row]) =>
    columns(
      `  ${what}`,
      windowKinds.map((kind) => row[kind]),
    ),
  );
  return [head, ...rows];
}

function renderSpeeds(stock: SideReport, ringwire: SideReport): string[] {
  const whats = new Set(
    windowKinds.flatMap((kind) => Object.keys(ringwire.windows[kind]?.speeds ?? {})),
  );
  const rows = [...whats].map((what) =>
    columns(
      `  ${what}`,
      windowKinds.map((kind) => {
        const before = stock.windows[kind]?.speeds[what];
        const after = ringwire.windows[kind]?.speeds[what];
        if (before === undefined || after === undefined) return '-';
        return `${short(before)} / ${short(after)} = ${short(before / after)}x`;
      }),
    ),
  );
  return [
    columns(
      'microseconds, stock / ringwire',
      windowKinds.map(() => ''),
    ),
    ...rows,
  ];
}

function renderConclusion(machine: Machine, comparison: Comparison): string[] {
  const { differences, ringless } = comparison;
  if (isHealthy(machine, comparison)) return ['All is as on stock IPC.'];
  const { nodeFault } = machine;
  return [
    ...(nodeFault === undefined ? [] : [`NOTHING between two processes of Node: ${nodeFault}`]),
    ...ringless.map(({ window, why }) => `NO RING in the ${titles[window]} window: ${why}`),
    ...differences.flatMap(({ window, what, stock, ringwire }) => [
      `DIFFERS in the ${titles[window]} window: ${what}`,
      `  stock     ${stock}`,
      `  ringwire  ${ringwire}`,
    ]),
  ];
}

function row(name: string, value: string): string {
  return `${name.padEnd(14)}${value}`;
}

function columns(name: string, values: readonly string[]): string {
  return [name.padEnd(32), ...values.map((value) => value.padEnd(22))].join('').trimEnd();
}

/** Three digits, as far as they say something. */
function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(value >= 10 ? 3 : 2);
}
