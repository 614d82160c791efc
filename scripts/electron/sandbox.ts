import { spawnSync } from 'node:child_process';

/** Makes what Chromium's sandbox is made of, as Chromium does; settings only let one guess. */
export const namespaceProbe: readonly [string, readonly string[]] = [
  'unshare',
  ['--user', '--map-root-user', '--pid', '--net', '--fork', 'true'],
];

let works: boolean | undefined;

/**
 * Whether Chromium's own process sandbox can start for this user. It cannot for root, nor where
 * unprivileged user namespaces are switched off. (Not to be mixed up with `webPreferences.sandbox`,
 * which decides whether a renderer has Node and works either way.)
 */
export function sandboxWorks(): boolean {
  if (process.platform !== 'linux') return true;
  if (process.getuid?.() === 0) return false;
  works ??= spawnSync(...namespaceProbe, { stdio: 'ignore' }).status === 0;
  return works;
}
