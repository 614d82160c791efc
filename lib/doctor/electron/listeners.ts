import { type IpcMainEvent, ipcMain, MessageChannelMain, type WebContents } from 'electron';
import type { WindowReport } from '../report.ts';
import { channels, type End } from './channels.ts';
import { describe } from './describe.ts';

type Ended = Omit<WindowReport, 'path'>;

/** What main has seen of the window that is examined now. */
interface Followed {
  readonly observations: Record<string, string[]>;
  step: string;
  readonly end: (seen: End) => void;
}

/** Main's listeners: each writes down what it heard, and answers if an answer is expected. */
export class Listeners {
  readonly #onStep: (step: string) => void;
  readonly #followed = new Map<WebContents, Followed>();

  constructor(onStep: (step: string) => void) {
    this.#onStep = onStep;
    ipcMain.on(channels.step, ({ sender }, step: string) => {
      const followed = this.#followed.get(sender);
      if (followed) followed.step = step;
      this.#onStep(`${step} of the window with the number ${sender.id}`);
    });
    ipcMain.on(channels.end, ({ sender }, seen: End) => this.#followed.get(sender)?.end(seen));
    this.#listen();
  }

  /** Resolves when the window has come to its end, or has not within these milliseconds. */
  follow(name: string, webContents: WebContents, patience: number): Promise<Ended> {
    const observations: Record<string, string[]> = {};
    const joined = (): Record<string, string> =>
      Object.fromEntries(Object.entries(observations).map(([what, all]) => [what, all.join('; ')]));
    webContents.ipc.on(channels.send, (event, ...args) => {
      this.#observe('webContents.ipc', event, args);
    });
    webContents.mainFrame.ipc.on(channels.send, (event, ...args) => {
      this.#observe('senderFrame.ipc', event, args);
    });
    return new Promise((resolve) => {
      const followed: Followed = {
        observations,
        step: `the beginning (${name})`,
        end: ({ observations: seen, speeds }) => {
          clearTimeout(timer);
          for (const [what, text] of Object.entries(seen)) {
            observations[what] = [...(observations[what] ?? []), `the window saw ${text}`];
          }
          resolve({ observations: joined(), speeds });
        },
      };
      const timer = setTimeout(() => {
        resolve({ observations: joined(), speeds: {}, stoppedAt: followed.step });
      }, patience);
      this.#followed.set(webContents, followed);
    });
  }

  #listen(): void {
    const on = (channel: string, listener: (event: IpcMainEvent, ...args: unknown[]) => void) =>
      ipcMain.on(channel, listener);
    on(channels.send, (event, ...args) => this.#observe('send', event, args));
    on(channels.sync, (event, ...args) => {
      this.#observe('sendSync', event, args);
      event.returnValue = args;
    });
    ipcMain.handle(channels.invoke, (event, ...args) => {
      this.#observe('invoke', event, args);
      return args;
    });
    ipcMain.handle(channels.fail, () => {
      throw new RangeError('as it should');
    });
    on(channels.reply, (event, ...args) => event.reply(channels.reply, ...args));
    on(channels.push, ({ sender }, ...args) => sender.send(channels.push, ...args));
    on(channels.port, (event, ...args) => {
      this.#observe('postMessage with a port', event, args);
      const [port] = event.ports;
      port?.on('message', ({ data }) => port.postMessage(data));
      port?.start();
    });
    on(channels.pushPort, ({ sender }, message) => {
      const { port1, port2 } = new MessageChannelMain();
      port1.on('message', ({ data }) => port1.postMessage(data));
      port1.start();
      sender.postMessage(channels.pushPort, message, [port2]);
    });
    on(channels.heard, (event, ...args) => this.#observe('order', event, args));
  }

  #observe(
    what: string,
    event: Electron.IpcMainEvent | Electron.IpcMainInvokeEvent,
    args: unknown[],
  ): void {
    const followed = this.#followed.get(event.sender);
    if (!followed || args[0] === 'uncounted') return;
    followed.observations[what] ??= [];
    followed.observations[what].push(`${describe(args)} with ${describeEvent(event)}`);
  }
}

/** What an event has, without the numbers that differ from start to start. */
function describeEvent(event: Electron.IpcMainEvent | Electron.IpcMainInvokeEvent): string {
  const { sender, senderFrame, processId, frameId } = event;
  const { mainFrame } = sender;
  const facts: Record<string, boolean | string> = {
    'has its frame': senderFrame === mainFrame,
    'has its ids': processId === mainFrame.processId && frameId === mainFrame.routingId,
    keys: Object.keys(event).join(' '),
    ports: 'ports' in event ? `${event.ports.length}` : 'none',
  };
  return describe(facts);
}
