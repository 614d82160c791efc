/**
 * Changes `ipcRenderer`, in windows with a ring and in sandboxed ones. Imports nothing of Node,
 * since it also runs in a sandbox.
 */
import { type IpcRenderer, ipcRenderer } from 'electron';
import { type FromMain, PRIVATE_CHANNEL } from '../protocol.ts';

/** The sending methods of `ipcRenderer`; newer Electrons have no `sendTo`. */
export type SendingMethods = Pick<
  IpcRenderer,
  'send' | 'sendSync' | 'invoke' | 'postMessage' | 'sendToHost'
> & { sendTo?: (webContentsId: number, channel: string, ...args: unknown[]) => void };

/** Hands one event of main to the listeners of `ipcRenderer`; `ports` is what came with it. */
export type EmitFromMain = (
  channel: string,
  ports: readonly unknown[],
  args: unknown[] | null,
) => void;

/**
 * Emits as Electron's native side does: an exception is reported, and ends this event only. `args`
 * are null when the values could not be read. Spreading them throws, as in Electron.
 */
export function emit(channel: string, event: object, args: unknown[] | null): void {
  try {
    ipcRenderer.emit(channel, event, ...(args as unknown[]));
  } catch (error) {
    reportError(error);
  }
}

/** Emits what main has sent. Events of Electrons with `sendTo` also say who sent: 0 is main. */
export function emitterFromMain(stock: SendingMethods): EmitFromMain {
  const sender = ipcRenderer;
  // Two literals: spreading into an object costs more than making it.
  return stock.sendTo
    ? (channel, ports, args) => emit(channel, { sender, senderId: 0, ports }, args)
    : (channel, ports, args) => emit(channel, { sender, ports }, args);
}

/** The sending methods as they are now. */
export function pickMethods(): SendingMethods {
  const { send, sendSync, invoke, postMessage, sendToHost } = ipcRenderer;
  const { sendTo } = ipcRenderer as Partial<SendingMethods>;
  return { send, sendSync, invoke, postMessage, sendToHost, ...(sendTo && { sendTo }) };
}

/**
 * Puts each method where Electron has it, with the name, length and attributes of Electron's own.
 * What this Electron has not, such as `sendTo`, applications look for.
 */
export function replaceMethods(methods: SendingMethods): void {
  for (const [name, method] of Object.entries(methods)) {
    const own = Object.getOwnPropertyDescriptor(ipcRenderer, name);
    const holder = own ? ipcRenderer : Object.getPrototypeOf(ipcRenderer);
    const stock = Object.getOwnPropertyDescriptor(holder, name);
    if (!stock) continue;
    const shape = stock.value ?? { name, length: method.length };
    Object.defineProperty(method, 'name', { configurable: true, value: shape.name });
    Object.defineProperty(method, 'length', { configurable: true, value: shape.length });
    Object.defineProperty(holder, name, { ...stock, value: method });
  }
}

/** What Electron's native side emits with: the channel, the event and the values. */
type FromNative = [channel: string, event: StockEvent | undefined, ...values: unknown[]];

/** The event of a message that came by stock IPC. */
export interface StockEvent {
  readonly sender: IpcRenderer;
  readonly ports: unknown[];
}

/** Whether an event can be Electron's own: applications emit, too. */
function isStockEvent(event: unknown): boolean {
  const { sender, ports } = Object(event) as Partial<StockEvent>;
  return sender === ipcRenderer && Array.isArray(ports);
}

/**
 * Takes main's private messages out before the application's listeners get them. Replaces `emit` on
 * a prototype, since applications can see the own properties of `ipcRenderer`. Before version 29
 * that prototype is EventEmitter's, which must stay as it is, so a new one goes in between.
 *
 * `delay` may hold back what came by stock IPC alone, and emit it later.
 */
export function interceptPrivate(
  take: (message: FromMain, ports: readonly unknown[]) => void,
  delay?: (deliver: () => void) => boolean,
): void {
  const prototype = Object.getPrototypeOf(ipcRenderer);
  const isEmitters = Object.hasOwn(prototype, 'emit');
  const holder = isEmitters ? Object.create(prototype) : prototype;
  // Its `emit` is read anew for each event, since applications may replace it.
  const above: IpcRenderer = Object.getPrototypeOf(holder);
  const { emit: intercepting } = {
    emit(this: IpcRenderer, channel: string): boolean {
      // biome-ignore lint/complexity/noArguments: its length has to be 1, as that of Node's
      const given = arguments as unknown as FromNative;
      if (channel !== PRIVATE_CHANNEL) {
        // Every event of the ring comes through here, so this allocates nothing.
        if (delay && isStockEvent(given[1])) {
          if (delay(() => Reflect.apply(above.emit, this, given))) return true;
        }
        return Reflect.apply(above.emit, this, given);
      }
      const [, event, ...message] = given;
      // `send` has spread the message, `postMessage` sends it as one value.
      const [first] = message;
      const ports = (event as StockEvent).ports;
      take((Array.isArray(first) ? first : message) as unknown as FromMain, ports);
      return true;
    },
  };
  Object.defineProperty(holder, 'emit', {
    configurable: true,
    writable: true,
    value: intercepting,
  });
  if (isEmitters) Object.setPrototypeOf(ipcRenderer, holder);
}
