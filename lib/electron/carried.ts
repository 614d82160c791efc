import type { PrivateMessage } from './hooks.ts';
import type { Carried } from './pairing.ts';

/**
 * Hands on a message that travelled by stock IPC in ringwire's wrapping, now that its turn has
 * come: Electron's dispatcher gets it under its own channel, with the event Electron made. A
 * wrapping that no ringwire writes comes from a hostile page and is dropped.
 */
export function releaseCarried(message: PrivateMessage): void {
  const { webContents, event, kind, name, args } = message;
  const wrapped = kind === 'ports' ? args[0] : args;
  if (!isCarried(wrapped) || webContents.isDestroyed()) return;
  const [channel, payload] = wrapped;
  const emitter = webContents as unknown as { emit(name: string, ...args: unknown[]): boolean };
  if (kind === 'ports') emitter.emit(name, event, false, channel, payload, args[1]);
  else emitter.emit(name, event, channel, payload);
}

function isCarried(value: unknown): value is Carried {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}
