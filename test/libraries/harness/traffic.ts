import { app, ipcMain, type WebContents } from 'electron';
import { PRIVATE_CHANNEL } from '../../../lib/electron/protocol.ts';
import type { Traffic, Ways } from './report.ts';

interface FramePrototype {
  _send(internal: boolean, channel: string, args: unknown[]): void;
}

/**
 * Counts messages above and below ringwire, by what is in Electron itself: `watchStock` before
 * ringwire is registered, `watchAll` after.
 */
export class TrafficMeter {
  readonly #received: Ways = { ring: 0, stock: 0 };
  #sentByStock = 0;
  #sent = 0;

  /** What comes from a native event, and what goes to the native `_send`, is stock's. */
  watchStock(): void {
    this.#watchArrivals();
    onFirstWebContents((webContents) => {
      wrapSend(webContents, (channel) => {
        if (channel !== PRIVATE_CHANNEL) this.#sentByStock++;
      });
    });
  }

  /**
   * By `ipcMain`, which every way of dispatching ends in. Whoever patches `emit` of WebContents
   * keeps ringwire from the way that most applications take.
   */
  #watchArrivals(): void {
    const { emit, handle } = ipcMain;
    const count = (event: unknown) => {
      if (isEvent(event)) this.#received[isNative(event) ? 'stock' : 'ring']++;
    };
    ipcMain.emit = (channel, ...args) => {
      count(args[0]);
      return emit.call(ipcMain, channel, ...args);
    };
    ipcMain.handle = (channel, handler) => {
      handle.call(ipcMain, channel, (event, ...args) => {
        count(event);
        return handler(event, ...args);
      });
    };
  }

  /** Above whatever ringwire puts there, which it does when the first frame joins. */
  watchAll(): void {
    onFirstWebContents((webContents) => {
      watchOutermost(webContents, (channel) => {
        if (channel !== PRIVATE_CHANNEL) this.#sent++;
      });
    });
  }

  read(): Traffic {
    const stock = this.#sentByStock;
    return { received: { ...this.#received }, sent: { ring: this.#sent - stock, stock } };
  }
}

function onFirstWebContents(listener: (webContents: WebContents) => void): void {
  app.once('web-contents-created', (_event, webContents) => listener(webContents));
}

function wrapSend(webContents: WebContents, count: (channel: string) => void): void {
  const prototype = Object.getPrototypeOf(webContents.mainFrame) as FramePrototype;
  const { _send } = prototype;
  prototype._send = function (this: FramePrototype, internal, channel, args) {
    if (!internal) count(channel);
    _send.call(this, internal, channel, args);
  };
}

/** Counts what is sent by the `_send` that is there at the time, not what that sends in turn. */
function watchOutermost(webContents: WebContents, count: (channel: string) => void): void {
  const prototype = Object.getPrototypeOf(webContents.mainFrame) as FramePrototype;
  let depth = 0;
  const counted = (send: FramePrototype['_send']): FramePrototype['_send'] =>
    function (this: FramePrototype, internal, channel, args) {
      if (depth === 0 && !internal) count(channel);
      depth++;
      try {
        send.call(this, internal, channel, args);
      } finally {
        depth--;
      }
    };
  let current = counted(prototype._send);
  Object.defineProperty(prototype, '_send', {
    configurable: true,
    get: () => current,
    set(send: FramePrototype['_send']) {
      current = counted(send);
    },
  });
}

interface IpcEvent {
  preventDefault(): void;
}

function isEvent(event: unknown): event is IpcEvent {
  return typeof (event as Partial<IpcEvent> | undefined)?.preventDefault === 'function';
}

/** Electron's own events have native methods. */
function isNative({ preventDefault }: IpcEvent): boolean {
  return String(preventDefault).includes('[native code]');
}
