import { ipcMain, type WebContents } from 'electron';
import { makeDispatch } from '../../lib/electron/main/dispatch/direct-dispatch.ts';
import { type Dispatch, ElectronDispatch } from '../../lib/electron/main/dispatch/dispatch.ts';
import { senderOf } from '../../lib/electron/main/dispatch/ipc-event.ts';
import { findDispatcher } from '../../lib/electron/main/hooks/hooks.ts';
import { EventInterception } from '../../lib/electron/main/hooks/intercept-events.ts';
import { expectSame } from '../harness/measure/check.ts';
import { now } from '../harness/measure/clock.ts';
import { medianOf, timed } from './median.ts';
import type { Dispatched, Parts } from './parts.ts';

const batch = 1000;

/** From the values of a message to the listener, and the answer back. */
export async function measureDispatch(webContents: WebContents): Promise<Parts['dispatch']> {
  let received = 0;
  ipcMain.on('count', (_event, number: number) => {
    received += number;
  });
  ipcMain.on('increment', (event, number: number) => {
    event.returnValue = number + 1;
  });
  ipcMain.handle('increment', (_event, number: number) => number + 1);

  // As in an application on ringwire; nobody sends on this channel.
  new EventInterception(webContents, {
    channel: 'nothing',
    take: nothing,
    before: () => false,
    observers: new Map(),
  });
  const dispatcher = findDispatcher(webContents);
  const from = senderOf(webContents, webContents.mainFrame, await anEvent(webContents));
  const ringwire = await measureEach(makeDispatch(dispatcher, from));
  const electron = await measureEach(new ElectronDispatch(dispatcher, from));
  const bare = await medianOf(batch, (count) =>
    timed(count, () => ipcMain.emit('count', { sender: webContents }, 1234)),
  );
  expectSame(received > 0 && received % 1234 === 0, true);
  return { ...ringwire, electron, bare };
}

/** An event as Electron's native side makes it: heard before its dispatcher. */
async function anEvent(webContents: WebContents): Promise<object> {
  const event = new Promise<object>((resolve) => {
    webContents.prependOnceListener('-ipc-message' as 'ipc-message', resolve);
  });
  await webContents.executeJavaScript("require('electron').ipcRenderer.send('event')");
  return event;
}

async function measureEach(dispatch: Dispatch): Promise<Record<Dispatched, number>> {
  const message = await medianOf(batch, (count) =>
    timed(count, () => dispatch.message('count', [1234])),
  );
  let last: unknown;
  const sync = await medianOf(batch, (count) =>
    timed(count, () =>
      dispatch.messageSync('increment', [1234], (answer) => {
        last = answer;
      }),
    ),
  );
  expectSame(last, 1235);

  const ask = (): Promise<unknown> =>
    new Promise((resolve) => dispatch.invoke('increment', [1234], resolve));
  const invoke = await medianOf(batch, async (count) => {
    const start = now();
    for (let i = 0; i < count; i++) last = await ask();
    return now() - start;
  });
  expectSame((last as { result?: unknown }).result, 1235);
  return { message, sync, invoke };
}

function nothing(): void {}
