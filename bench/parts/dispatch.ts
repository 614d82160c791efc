import { ipcMain, type WebContents } from 'electron';
import { expectSame } from '../harness/check.ts';
import { now } from '../harness/clock.ts';
import { medianOf, timed } from './median.ts';
import type { Parts } from './parts.ts';

const batch = 1000;
const values = [1234];

interface Emitter {
  emit(name: string, ...args: unknown[]): boolean;
}

/** As Electron's native side makes it, before version 34. */
class Event {
  readonly processId: number;
  readonly frameId: number;
  readonly sender: WebContents;

  constructor(sender: WebContents) {
    this.processId = 7;
    this.frameId = 1;
    this.sender = sender;
  }
}

/** One whose sender waits for an answer. */
class RequestEvent extends Event {
  readonly _replyChannel: { sendReply(answer: unknown): boolean };

  constructor(sender: WebContents, answered: (answer: unknown) => void) {
    super(sender);
    this._replyChannel = {
      sendReply: (answer) => {
        answered(answer);
        return true;
      },
    };
  }
}

/** From the event that Electron's native side makes to the listener, and the answer back. */
export async function measureDispatch(webContents: WebContents): Promise<Parts['dispatch']> {
  const electron = webContents as unknown as Emitter;
  let received = 0;
  let answered: (answer: unknown) => void = () => {};
  const event = () => new Event(webContents);
  const request = () => new RequestEvent(webContents, (answer) => answered(answer));
  ipcMain.on('count', (_event, number: number) => {
    received += number;
  });
  ipcMain.on('increment', (event, number: number) => {
    event.returnValue = number + 1;
  });
  ipcMain.handle('increment', (_event, number: number) => number + 1);

  const message = await medianOf(batch, (count) =>
    timed(count, () => electron.emit('-ipc-message', event(), false, 'count', values)),
  );
  const bare = await medianOf(batch, (count) =>
    timed(count, () => ipcMain.emit('count', event(), ...values)),
  );
  expectSame(received > 0 && received % 1234 === 0, true);

  let last: unknown;
  answered = (answer) => {
    last = answer;
  };
  const sync = await medianOf(batch, (count) =>
    timed(count, () => electron.emit('-ipc-message-sync', request(), false, 'increment', values)),
  );
  expectSame(last, 1235);

  const ask = (): Promise<unknown> =>
    new Promise((resolve) => {
      answered = resolve;
      electron.emit('-ipc-invoke', request(), false, 'increment', values);
    });
  const invoke = await medianOf(batch, async (count) => {
    const start = now();
    for (let i = 0; i < count; i++) last = await ask();
    return now() - start;
  });
  expectSame((last as { result?: unknown }).result, 1235);
  return { message, sync, invoke, bare };
}
