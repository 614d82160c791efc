/** What a figure was measured on. It does not tell whose machine that is. */
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, type as systemName, totalmem } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ResolvedElectron } from '../../scripts/electron/resolve.ts';
import { root } from '../../scripts/run.ts';
import { clockCost } from './measure/clock.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  /** Of the CPU's clock; `unknown` on most virtual machines. */
  readonly governor: string;
  readonly virtual: boolean;
  readonly system: string;
  readonly arch: string;
  readonly node: string;
  /** Null where only plain Node was measured. */
  readonly electron: string | null;
  readonly chromium: string | null;
  readonly ringwire: string;
  readonly commit: string;
  /** Whether the working tree differed from that commit. */
  readonly changed: boolean;
  /** Microseconds that one reading of the clock costs; every sample contains about one. */
  readonly clockCost: number;
  /**
   * How many processes wanted a core in the minute before the run. The measured ones are not among
   * them.
   */
  readonly load: number;
}

/** Whether other work kept the machine so busy that the figures are too high. */
export function wasBusy({ load, cores }: Machine): boolean {
  return load > cores / 2;
}

/** The files that a figure depends on; documents are not among them. */
const measured = [
  'lib',
  'native',
  'binding.gyp',
  'CMakeLists.txt',
  'bench',
  ':!bench/results',
  ':!bench/growth',
  ':!bench/feel',
];

export async function describeMachine(electron: ResolvedElectron | undefined): Promise<Machine> {
  const [first] = cpus();
  const changed = await git('status', '--porcelain', '--', ...measured);
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    governor: readIfThere('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor') ?? 'unknown',
    virtual: /^flags\s*:.*\bhypervisor\b/m.test(readIfThere('/proc/cpuinfo') ?? ''),
    system: `${systemName()} ${release()}`,
    arch: process.arch,
    node: process.versions.node,
    electron: electron?.version ?? null,
    chromium: electron?.chrome ?? null,
    ringwire: packageVersion(),
    commit: await git('rev-parse', '--short=12', 'HEAD'),
    changed: changed !== '',
    clockCost: clockCost(),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** For titles: `AMD EPYC, 2 virtual cores, Linux 6.1`, and the versions. */
export function machineLines(machine: Machine): [hardware: string, versions: string] {
  const { cpu, cores, virtual, system, electron, chromium, node, ringwire, commit } = machine;
  const state = `${commit.slice(0, 7)}${machine.changed ? ', changed' : ''}`;
  const versions = [
    ...(electron === null ? [] : [`Electron ${electron} (Chromium ${chromium?.split('.')[0]})`]),
    `Node ${node}`,
    `ringwire ${ringwire} (${state})`,
  ];
  return [`${cpu}, ${cores} ${virtual ? 'virtual ' : ''}cores, ${system}`, versions.join(' · ')];
}

export function machineLine(machine: Machine): string {
  return machineLines(machine).join(' · ');
}

/** For the name of a folder: `amd-epyc-2`. */
export function machineSlug({ cpu, cores }: Pick<Machine, 'cpu' | 'cores'>): string {
  const name = cpu
    .toLowerCase()
    .replace(/\(r\)|\(tm\)|@.*|\b(processor|cpu|with .*|\d+-core)\b/g, ' ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${name || 'unknown'}-${cores}`;
}

function packageVersion(): string {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Empty outside of a git clone. */
async function git(...args: string[]): Promise<string> {
  const { stdout, failed } = await execa('git', args, { cwd: root, reject: false });
  return failed ? '' : stdout.trim();
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
