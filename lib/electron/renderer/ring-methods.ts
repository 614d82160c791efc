import { MessageKind } from '../../core/message-head.ts';
import { refuseShared } from '../../core/shared-buffer.ts';
import {
  type FenceRequest,
  type FetchRequest,
  PRIVATE_CHANNEL,
  type WrappedMessage,
} from '../protocol.ts';
import type { SendingMethods } from './hooks.ts';
import type { RingRenderer } from './ring-renderer.ts';
import type { SendToLinks } from './send-to-links.ts';

/**
 * The sending methods of `ipcRenderer` over a ring. Electron's own, `stock`, get bad channels and
 * values that the ring cannot send: either Electron can send them, or the error is Electron's to
 * the letter. As in Electron, no method uses `this`.
 */
export function ringMethods(
  ring: RingRenderer,
  sendToLinks: SendToLinks,
  stock: SendingMethods,
): SendingMethods {
  const byRing = (channel: unknown, args: unknown[]) => {
    if (ring.open && typeof channel === 'string') return true;
    refuseShared(args, 'the ring of this frame has ended');
    return false;
  };

  /** Sends by stock IPC, after what the ring sent before and ahead of what it sends next. */
  const inOrder = <T>(byStock: () => T): T => {
    ring.barrier();
    const result = byStock();
    stock.sendSync(PRIVATE_CHANNEL, ...(['fence'] satisfies FenceRequest));
    return result;
  };
  const send = (kind: MessageKind, channel: string, args: unknown[], byStock: () => void) => {
    if (!byRing(channel, args)) byStock();
    else if (!ring.trySend(kind, channel, args)) inOrder(byStock);
  };

  return {
    send(channel, ...args) {
      send(MessageKind.Event, channel, args, () => stock.send(channel, ...args));
    },
    sendSync(channel, ...args) {
      if (!byRing(channel, args)) return stock.sendSync(channel, ...args);
      const answer = ring.tryCall(channel, args);
      if (answer.kind === 'unclonable') {
        ring.barrier();
        return stock.sendSync(channel, ...args);
      }
      if (answer.kind === 'value') return answer.value;
      const fetch: FetchRequest = ['fetch', answer.ticket];
      return stock.sendSync(PRIVATE_CHANNEL, ...fetch);
    },
    async invoke(channel, ...args) {
      if (!byRing(channel, args)) return stock.invoke(channel, ...args);
      const answered = ring.tryInvoke(channel, args);
      if (!answered) return inOrder(() => stock.invoke(channel, ...args));
      const { error, result } = await answered;
      if (error) throw new Error(`Error invoking remote method '${channel}': ${error}`);
      return result;
    },
    postMessage(channel, message, transfer) {
      if (transfer === undefined || (Array.isArray(transfer) && transfer.length === 0)) {
        const byStock = () => stock.postMessage(channel, message, transfer);
        send(MessageKind.Post, channel, [message], byStock);
      } else if (byRing(channel, [message])) {
        stock.postMessage(PRIVATE_CHANNEL, [channel, message] satisfies WrappedMessage, transfer);
        ring.mark();
      } else {
        stock.postMessage(channel, message, transfer);
      }
    },
    sendToHost(channel, ...args) {
      send(MessageKind.Host, channel, args, () => stock.sendToHost(channel, ...args));
    },
    sendTo(webContentsId, channel, ...args) {
      if (ring.open && isInteger(webContentsId) && typeof channel === 'string') {
        sendToLinks.sendTo(webContentsId, channel, args);
      } else if (stock.sendTo) {
        stock.sendTo(webContentsId, channel, ...args);
      }
    },
  };
}

/** Electron accepts integers of 32 bits only. */
function isInteger(id: unknown): id is number {
  return typeof id === 'number' && Object.is(id | 0, id);
}
