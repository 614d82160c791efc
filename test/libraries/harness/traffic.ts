import { app, type WebContents } from 'electron';
import { PRIVATE_CHANNEL } from '../../../lib/electron/pairing.ts';
import type { Traffic, Ways } from './report.ts';

interface Emitter {
  emit(name: string, ...args: unknown[]): boolean;
}

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
    onFirstWebContents((webContents) => {
      // Since version 36 the session dispatches.
      for (const emitter of [webContents, webContents.session]) this.#watchArrivals(emitter);
      wrapSend(webContents, (channel) => {
        if (channel !== PRIVATE_CHANNEL) this.#sentByStock++;
      });
    });
  }

  #watchArrivals(emitter: object): void {
    const prototype = Object.getPrototypeOf(emitter) as Emitter;
    const { emit } = prototype;
    const received = this.#received;
    prototype.emit = function (this: Emitter, name, ...args) {
      const internal = args[1] === true;
      if (/^-ipc-(message|message-sync|invoke|ports)$/.test(name) && !internal) {
        received[isNative(args[0]) ? 'stock' : 'ring']++;
      }
      return emit.call(this, name, ...args);
    };
  }

  watchAll(): void {
    onFirstWebContents((webContents) => {
      wrapSend(webContents, () => this.#sent++);
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

/** Electron's own events have native methods. */
function isNative(event: unknown): boolean {
  const { preventDefault } = event as { preventDefault(): void };
  return String(preventDefault).includes('[native code]');
}
