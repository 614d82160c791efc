import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { RingwireError } from '../core/errors.ts';

/** Where windows open, though nobody sees them. */
export interface Display {
  /** For `DISPLAY` in the environment; undefined leaves it as it is. */
  readonly name?: string;
  /** For the screen. */
  readonly remark?: string;
  end(): void;
}

/**
 * Electron needs a display even for hidden windows. Where Linux has none, an Xvfb is started.
 *
 * @throws RingwireError `ERR_RINGWIRE_ELECTRON_FAILED` where there is none of them
 */
export async function openDisplay(): Promise<Display> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return { end() {} };
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const end = (): void => void server.kill('SIGKILL');
  const name = await new Promise<string>((resolve, reject) => {
    const fail = (): void => {
      const detail = 'there is no DISPLAY, and no Xvfb that could be started instead';
      reject(new RingwireError('ERR_RINGWIRE_ELECTRON_FAILED', { detail }));
    };
    server.once('error', fail).once('exit', fail);
    // It chooses a free number itself.
    const numbers = server.stdio[3] as Readable;
    numbers.once('data', (number: Buffer) => resolve(`:${String(number).trim()}`));
  });
  return { name, remark: 'there is no display, so an Xvfb was started', end };
}
