import { ipcRenderer } from 'electron';
import { type Begin, channels } from './channels.ts';
import { describe } from './describe.ts';

type Check = (begin: Begin) => Promise<string | undefined> | string | undefined;

/** One of each kind that people send. */
function values(): unknown[] {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  return [
    ...[undefined, null, true, -0, 1.5, 2n ** 70n, 'text \u{1f600}', [1, undefined, 3]],
    ...[new Date(0), /a+/giu, new Map([[1, new Set(['x'])]]), new Uint8Array([1, 2, 3])],
    ...[new RangeError('message'), { nested: { list: [{}] } }, circular],
  ];
}

/** Each gives what the window saw; what main saw of it is written down there, by the same name. */
export const checks: Readonly<Record<string, Check>> = {
  send: () => describe(ipcRenderer.send(channels.send, ...values())),
  sendSync: () => describe(ipcRenderer.sendSync(channels.sync, ...values())),
  invoke: async () => describe(await ipcRenderer.invoke(channels.invoke, ...values())),
  'invoke: error of the handler': () => errorOf(() => ipcRenderer.invoke(channels.fail)),
  'invoke: no handler': () => errorOf(() => ipcRenderer.invoke(channels.unknown)),
  'no clone: send': () => errorOf(() => ipcRenderer.send(channels.send, () => {})),
  'no clone: sendSync': () => errorOf(() => ipcRenderer.sendSync(channels.sync, () => {})),
  'no clone: invoke': () => errorOf(() => ipcRenderer.invoke(channels.invoke, () => {})),
  'bad channel': () => errorOf(() => ipcRenderer.send(7 as never)),
  'event.reply': () => heard(channels.reply, () => ipcRenderer.send(channels.reply, ...values())),
  'webContents.send': () =>
    heard(channels.push, () => ipcRenderer.send(channels.push, ...values())),
  'postMessage with a port': () => {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage(channels.port, { a: 1 }, [port2]);
    return answerOf(port1);
  },
  'webContents.postMessage': async () => {
    const came = once(channels.pushPort);
    ipcRenderer.send(channels.pushPort, { b: 2 });
    const { event, args } = await came;
    const [port] = event.ports;
    return port && `${describe(args)}, answered ${await answerOf(port)}`;
  },
  sendTo: ({ peer }) => sendTo(peer),
  sendToHost: ({ preload }) => sendToHost(preload),
  order: async () => {
    const invoked: Promise<unknown>[] = [];
    for (let i = 0; i < 20; i++) {
      ipcRenderer.send(channels.heard, i);
      invoked.push(ipcRenderer.invoke(channels.invoke, i));
    }
    ipcRenderer.sendSync(channels.sync, 'in between');
    ipcRenderer.send(channels.heard, 'last');
    return describe(await Promise.all(invoked));
  },
};

/** A page in a <webview>, which runs this preload, too, sends it to its host. */
function sendToHost(preload: string): Promise<string> | undefined {
  if (process.contextIsolated || process.sandboxed) return undefined;
  const view = document.createElement('webview') as Electron.WebviewTag;
  view.setAttribute('preload', preload);
  view.setAttribute('webpreferences', 'sandbox=no');
  view.setAttribute('src', `data:text/html,guest${guestMark}`);
  return new Promise((resolve) => {
    view.addEventListener('ipc-message', ({ channel, args }) => {
      resolve(`${channel} ${describe(args)}`);
      view.remove();
    });
    document.body.append(view);
  });
}

const guestMark = '#guest';
if (location.hash === guestMark) ipcRenderer.sendToHost(channels.host, ...values());

/** The other window hears it, and answers by the same way. */
function sendTo(peer: number | undefined): Promise<string> | undefined {
  const { sendTo: send } = ipcRenderer as {
    sendTo?: (id: number, channel: string, ...args: unknown[]) => void;
  };
  if (peer === undefined || !send) return undefined;
  return heard(channels.peer, () => send(peer, channels.peer, 'question', ...values()));
}

ipcRenderer.on(channels.peer, (event, kind: string, ...args: unknown[]) => {
  const { senderId } = event as { senderId?: number };
  const { sendTo: send } = ipcRenderer as { sendTo?: (...args: unknown[]) => void };
  if (kind === 'question') send?.(senderId, channels.peer, 'answer', ...args);
});

interface Came {
  readonly event: Electron.IpcRendererEvent;
  readonly args: unknown[];
}

function once(channel: string): Promise<Came> {
  return new Promise((resolve) => {
    ipcRenderer.once(channel, (event, ...args) => resolve({ event, args }));
  });
}

/** What main, or another window, sends in answer, and what its event has. */
async function heard(channel: string, ask: () => void): Promise<string> {
  const came = once(channel);
  ask();
  const { event, args } = await came;
  return `${describe(args)} with ${Object.keys(event).join(' ')}, ports ${event.ports.length}`;
}

function answerOf(port: MessagePort): Promise<string> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(describe(data));
    port.postMessage('through the port');
  });
}

async function errorOf(call: () => unknown): Promise<string> {
  try {
    return `no error, but ${describe(await call())}`;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}
