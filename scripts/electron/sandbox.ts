import { readFileSync } from 'node:fs';

/**
 * Whether Chromium's own process sandbox can start for this user. It cannot for root, nor where
 * unprivileged user namespaces are switched off. (Not to be mixed up with `webPreferences.sandbox`,
 * which decides whether a renderer has Node and works either way.)
 */
export function sandboxWorks(): boolean {
  if (process.platform !== 'linux') return true;
  if (process.getuid?.() === 0) return false;
  return (
    setting('/proc/sys/kernel/unprivileged_userns_clone') !== '0' &&
    setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1' &&
    setting('/proc/sys/user/max_user_namespaces') !== '0'
  );
}

function setting(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
