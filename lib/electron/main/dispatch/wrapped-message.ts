import type { WrappedMessage } from '../../protocol.ts';
import { emitCompleted } from '../hooks/backstop.ts';
import type { ElectronDispatcher } from '../hooks/hooks.ts';
import type { PrivateMessage } from '../hooks/private-events.ts';

/**
 * Hands on a message with ports that travelled by stock IPC in ringwire's wrapping, now that its
 * turn has come: Electron's dispatcher gets it under its own channel, with the event Electron
 * made. A wrapping that no ringwire writes comes from a hostile page and is dropped.
 */
export function releaseWrapped(dispatcher: ElectronDispatcher, message: PrivateMessage): void {
  const { webContents, event, args } = message;
  const [wrapped, ports] = args;
  if (!isWrapped(wrapped) || webContents.isDestroyed()) return;
  const [channel, payload] = wrapped;
  if (message.missed) emitCompleted(message, channel, payload);
  else dispatcher.post(webContents, event, channel, payload, ports as unknown[]);
}

function isWrapped(value: unknown): value is WrappedMessage {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}
