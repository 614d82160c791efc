import { expect, it } from 'vitest';
import { compare } from '../../../lib/doctor/compare.ts';
import type { SideReport } from '../../../lib/doctor/report.ts';
import { isHealthy, render } from '../../../lib/doctor/screen.ts';
import { machine, report } from './reports.ts';

function screen(stock: SideReport, ringwire: SideReport, remarks: string[] = []): string {
  return render({ ...machine, remarks }, stock, ringwire, compare(stock, ringwire));
}

it('one screen says what was compared, and that all is well', () => {
  const text = screen(report('stock'), report('ringwire'), ['no display']);
  expect(text).toBe(`ringwire      9.8.7
Electron      33.2.1 (Chromium 130.0.1.2, Node 20.18.1)
Node          20.20.2, by fork: two processes talk and share memory
system        linux x64, glibc 2.36, 4 cores
addon         loaded
note          no display

windows
  isolated    ring
  node        ring
  sandboxed   stock IPC (sandboxed)

as on stock IPC                 isolated              node                  sandboxed
  send                          same                  same                  same
  invoke                        same                  same                  same

microseconds, stock / ringwire
  sendSync                      300 / 3.0 = 100x      300 / 3.0 = 100x      300 / 3.0 = 100x

All is as on stock IPC.`);
});

it('a difference is shown with what was seen on both', () => {
  const observations = { send: '[3]', invoke: '[2]' };
  const text = screen(report('stock'), report('ringwire', { node: { observations } }));
  expect(text).toMatch(/ {2}send +same +DIFFERS +same\n/);
  expect(text).toMatch(
    /\nDIFFERS in the node window: send\n {2}stock {5}\[1\]\n {2}ringwire {2}\[3\]$/,
  );
  expect(text).not.toContain('All is as on stock');
});

it('a missing ring is shown with the reason, and so is a missing addon', () => {
  const path = { path: 'stock', reason: 'unsupported' } as const;
  const without = report('ringwire', { isolated: { path }, node: { path } });
  const text = screen(report('stock'), { ...without, addonError: 'no build for vax' });
  expect(text).toContain('\naddon         no build for vax\n');
  expect(text).toContain('\nNO RING in the node window: no build for vax');
});

it('what does not work in Node is shown, and is not well', () => {
  const here = { ...machine, nodeFault: 'no build for vax' };
  const comparison = compare(report('stock'), report('ringwire'));
  const text = render(here, report('stock'), report('ringwire'), comparison);
  expect(text).toContain('\nNode          20.20.2, by fork: no build for vax\n');
  expect(text.split('\n').at(-1)).toBe('NOTHING between two processes of Node: no build for vax');
  expect([isHealthy(machine, comparison), isHealthy(here, comparison)]).toEqual([true, false]);
});

it('batches are named, and what was not measured is a dash', () => {
  const path = { path: 'stock', reason: 'sandboxed', batched: true } as const;
  const text = screen(
    report('stock', { node: { speeds: {} } }),
    report('ringwire', { sandboxed: { path } }),
  );
  expect(text).toContain('  sandboxed   stock IPC, bursts in batches (sandboxed)');
  expect(text).toMatch(/ {2}sendSync +300 \/ 3\.0 = 100x +- +300/);
});

it.each([
  [false, 'switched off: npx ringwire doctor --experimental checks it'],
  [true, 'switched on: nobody has run it there before; please report this screen'],
])('an experimental platform is named (switched on: %s)', (on, words) => {
  const experimental = { where: 'win32-x64 in Electron', on };
  const text = screen(report('stock'), { ...report('ringwire'), experimental });
  expect(text).toContain(`\nexperimental  win32-x64 in Electron, ${words}\n`);
});
