import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { SetupError } from './errors.ts';

let started: Promise<string | undefined> | undefined;

/**
 * The X display that Electron is to use: the one of this session, or an Xvfb that is started once
 * in this process and ends with it. `undefined` where no X is needed (macOS, Windows, Wayland).
 */
export function ensureDisplay(): Promise<string | undefined> {
  if (process.platform !== 'linux') return Promise.resolve(undefined);
  if (process.env.DISPLAY) return Promise.resolve(process.env.DISPLAY);
  started ??= startXvfb();
  return started;
}

async function startXvfb(): Promise<string> {
  const path = ['/usr/bin/Xvfb', '/usr/local/bin/Xvfb'].find(existsSync) ?? 'Xvfb';
  // The server itself picks a free number, so two of them cannot race for one (as with xvfb-run -a).
  const server = execa(
    path,
    ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], reject: false },
  );
  const lines = createInterface({ input: server.stdio[3] as unknown as Readable });
  const number = await Promise.race([
    once(lines, 'line').then(([line]) => String(line).trim()),
    server.then((ended) => {
      const reason = ended.stderr || ended.message || 'it ended';
      throw new SetupError(
        'ERR_ELECTRON_NO_DISPLAY',
        `There is no DISPLAY and Xvfb does not start (npm run setup installs it): ${reason}`,
      );
    }),
  ]);
  lines.close();
  server.stderr?.resume();
  server.unref();
  for (const stream of [server.stderr, server.stdio[3]]) {
    (stream as { unref?: () => void } | null)?.unref?.();
  }
  return `:${number}`;
}
