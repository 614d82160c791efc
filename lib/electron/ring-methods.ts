import type { IpcRenderer } from 'electron';
import { FrameKind } from '../core/frame.ts';
import { type Carried, PRIVATE_CHANNEL } from './pairing.ts';
import type { Peers } from './peers.ts';
import type { RingRenderer } from './ring-renderer.ts';

/** The sending methods of `ipcRenderer`; newer Electrons have no `sendTo`. */
export type SendingMethods = Pick<
  IpcRenderer,
  'send' | 'sendSync' | 'invoke' | 'postMessage' | 'sendToHost'
> & { sendTo?: (webContentsId: number, channel: string, ...args: unknown[]) => void };

/**
 * The sending methods of `ipcRenderer` over a ring. `stock` are Electron's own: they judge bad
 * channels, so that those errors are Electron's to the letter, and carry what the ring does not,
 * with a marker that keeps the order. As in Electron, no method uses `this`.
 */
export function ringMethods(
  ring: RingRenderer,
  peers: Peers,
  stock: SendingMethods,
): SendingMethods {
  const byRing = (channel: unknown) => ring.open && typeof channel === 'string';
  return {
    send(channel, ...args) {
      if (byRing(channel)) ring.send(FrameKind.Event, channel, args);
      else stock.send(channel, ...args);
    },
    sendSync(channel, ...args) {
      return byRing(channel) ? ring.call(channel, args) : stock.sendSync(channel, ...args);
    },
    async invoke(channel, ...args) {
      if (!byRing(channel)) return stock.invoke(channel, ...args);
      const { error, result } = await ring.invoke(channel, args);
      if (error) throw new Error(`Error invoking remote method '${channel}': ${error}`);
      return result;
    },
    postMessage(channel, message, transfer) {
      if (!byRing(channel)) {
        stock.postMessage(channel, message, transfer);
      } else if (transfer === undefined || (Array.isArray(transfer) && transfer.length === 0)) {
        ring.send(FrameKind.Post, channel, [message]);
      } else {
        stock.postMessage(PRIVATE_CHANNEL, [channel, message] satisfies Carried, transfer);
        ring.mark();
      }
    },
    sendToHost(channel, ...args) {
      if (byRing(channel)) ring.send(FrameKind.Host, channel, args);
      else stock.sendToHost(channel, ...args);
    },
    sendTo(webContentsId, channel, ...args) {
      if (ring.open && typeof webContentsId === 'number' && typeof channel === 'string') {
        peers.sendTo(webContentsId, channel, args);
      } else if (stock.sendTo) {
        stock.sendTo(webContentsId, channel, ...args);
      }
    },
  };
}
