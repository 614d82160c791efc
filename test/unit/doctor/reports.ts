import {
  type SideReport,
  type WindowKind,
  type WindowReport,
  windowKinds,
} from '../../../lib/doctor/report.ts';
import type { Machine } from '../../../lib/doctor/screen.ts';

export const machine: Machine = {
  ringwire: '9.8.7',
  platform: 'linux',
  arch: 'x64',
  cores: 4,
  node: '20.20.2',
  nodeFault: undefined,
  glibc: '2.36',
  remarks: [],
};

/** A report in which all is well, with these changes to its windows. */
export function report(
  side: 'stock' | 'ringwire',
  changes: Partial<Record<WindowKind, Partial<WindowReport>>> = {},
): SideReport {
  const windows = windowKinds.map((kind) => {
    const hasRing = side === 'ringwire' && kind !== 'sandboxed';
    const usual: WindowReport = {
      path: hasRing ? { path: 'ring' } : { path: 'stock', reason: 'sandboxed' },
      observations: { send: '[1]', invoke: '[2]' },
      speeds: { sendSync: side === 'stock' ? 300 : 3 },
    };
    return [kind, { ...usual, ...changes[kind] }];
  });
  const versions = { electron: '33.2.1', chrome: '130.0.1.2', node: '20.18.1' };
  return { versions, windows: Object.fromEntries(windows) };
}
