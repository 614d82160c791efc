import { callsRunMicrotasks } from '../../expected/by-version.ts';
import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import { everywhere, majorOf, type Observations, type Scenario } from '../../harness/scenario.ts';

const title = 'ringwire nested loops';

/** Where `xdotool` presses buttons. */
const systems = ['linux'] as const;

/** Ends what main waits for, by real input, once main has asked it to: main itself cannot. */
async function openHelper(t: MainKit, ...input: string[]): Promise<Page> {
  const helper = await t.open({ name: 'helper', context: 'node' });
  await helper.run((r, input) => {
    r.ipcRenderer.once('speak', () => r.ipcRenderer.send('say', 'helper'));
    r.ipcRenderer.once('end it', () => {
      const { execFile } = require('node:child_process') as typeof import('node:child_process');
      execFile('xdotool', input, (error) => r.log('xdotool', error?.message));
    });
  }, input);
  return helper;
}

/** A dialog that `openBy` lets be opened: what windows say while it is shown comes after it. */
async function showDialog(
  t: MainKit,
  openBy: (open: (sender: Electron.WebContents) => void) => void,
): Promise<void> {
  const helper = await openHelper(
    t,
    ...['search', '--sync', '--onlyvisible', '--name', `^${title}$`],
    ...['windowfocus', '--sync', 'key', 'Return'],
  );
  const page = await t.open();
  let open = false;
  const said: string[] = [];
  const all = new Promise<void>((resolve) => {
    t.ipcMain.on('say', (_event, who: string) => {
      said.push(`${who} ${open ? 'in' : 'after'} the dialog`);
      if (said.length === 2) resolve();
    });
  });
  openBy((sender) => {
    sender.send('speak');
    helper.webContents.send('speak');
    helper.webContents.send('end it');
    open = true;
    const { dialog } = t.electron;
    const answer = dialog.showMessageBoxSync({ title, message: 'Go on?', buttons: ['Yes'] });
    open = false;
    t.log('answer', answer);
  });
  await page.run((r) => {
    r.ipcRenderer.once('speak', () => r.ipcRenderer.send('say', 'page'));
    r.ipcRenderer.send('open');
  });
  await all;
  t.log('said', said.sort());
  await t.seen('helper', 'xdotool');
}

const expectedOfDialog = {
  main: ['answer 0', 'said Array(2)["helper after the dialog", "page after the dialog"]'],
  helper: ['xdotool undefined'],
};

/** A page to drag from, which has to be seen, and the helper that ends it. */
async function openForDrag(t: MainKit): Promise<{ helper: Page; page: Page }> {
  const helper = await openHelper(t, 'mousemove', '10', '10', 'click', '1');
  const page = await t.open();
  page.window.showInactive();
  return { helper, page };
}

/** Returns when the drag is over. */
function startDrag(t: MainKit, sender: Electron.WebContents): void {
  const icon = t.electron.nativeImage.createFromBitmap(Buffer.alloc(16 * 16 * 4, 0xff), {
    width: 16,
    height: 16,
  });
  sender.startDrag({ file: t.file('dragged.txt', ''), icon });
}

/** A drag that `startBy` lets begin: windows are heard in it, ticks are not run. */
async function drag(
  t: MainKit,
  startBy: (start: (sender: Electron.WebContents) => void) => void,
): Promise<void> {
  const { helper, page } = await openForDrag(t);
  const microtasks = callsRunMicrotasks(majorOf(process.versions.electron))
    ? t.lane('promises')
    : t;
  t.ipcMain.on('say', (_event, who: string) => {
    t.log(`${who} speaks`);
    if (who === 'helper') helper.webContents.send('end it');
    process.nextTick(() => t.log(`the tick of ${who}`));
    void Promise.resolve().then(() => microtasks.log(`the microtask of ${who}`));
  });
  t.ipcMain.on('ask', (event, who: string) => {
    t.log(`${who} asks`);
    event.returnValue = who;
    helper.webContents.send('speak');
  });
  const ended = new Promise<void>((resolve) => {
    startBy((sender) => {
      t.log('begins');
      sender.send('speak');
      startDrag(t, sender);
      t.log('ended');
      resolve();
    });
  });
  await page.run((r) => {
    r.ipcRenderer.once('speak', () => {
      r.ipcRenderer.send('say', 'page');
      r.log('answered', r.ipcRenderer.sendSync('ask', 'page'));
    });
    r.ipcRenderer.send('open');
  });
  await ended;
  await t.seen('helper', 'xdotool');
}

function expectedOfDrag(_context: unknown, electron: number): Observations {
  const said = ['begins', 'page speaks', 'page asks', 'helper speaks', 'ended'];
  const ticks = ['the tick of page', 'the tick of helper'];
  const microtasks = ['the microtask of page', 'the microtask of helper'];
  return {
    ...(callsRunMicrotasks(electron)
      ? { main: [...said, ...ticks], 'main:promises': microtasks }
      : { main: [...said, ...ticks, ...microtasks] }),
    page: ['answered "page"'],
    helper: ['xdotool undefined'],
  };
}

/** A drag that only ends once main has heard what was sent right behind the message that began it. */
async function dragBeforeMore(t: MainKit): Promise<void> {
  const { helper, page } = await openForDrag(t);
  const ended = new Promise<void>((resolve) => {
    t.ipcMain.on('open', ({ sender }) => {
      t.log('begins');
      startDrag(t, sender);
      t.log('ended');
      resolve();
    });
  });
  t.ipcMain.on('more', () => {
    t.log('more is heard');
    helper.webContents.send('end it');
  });
  await page.run((r) => {
    r.ipcRenderer.send('open');
    r.ipcRenderer.send('more');
  });
  await ended;
  await t.seen('helper', 'xdotool');
}

const expectedOfMore = {
  main: ['begins', 'more is heard', 'ended'],
  helper: ['xdotool undefined'],
};

/** From where main's code runs when a window asks for it: with a listener of a message below, or not. */
const starters = {
  'a listener': (t: MainKit) => (run: (sender: Electron.WebContents) => void) =>
    t.ipcMain.on('open', (event) => run(event.sender)),
  'a timer': (t: MainKit) => (run: (sender: Electron.WebContents) => void) =>
    t.ipcMain.on('open', (event) => setTimeout(run, 0, event.sender)),
};

const inEither = Object.entries(starters).flatMap(
  ([who, startBy]) =>
    [
      {
        name: `while a dialog is shown that ${who} opened, no message is delivered in main`,
        rows: ['order/dialog'],
        systems,
        contexts: everywhere,
        main: (t) => showDialog(t, startBy(t)),
        expected: expectedOfDialog,
      },
      {
        name: `in a drag that ${who} began, messages are delivered and ticks wait`,
        rows: ['order/drag'],
        systems,
        contexts: everywhere,
        main: (t) => drag(t, startBy(t)),
        expected: expectedOfDrag,
      },
    ] satisfies readonly Scenario[],
);

const scenarios: readonly Scenario[] = [
  ...inEither,
  {
    name: 'in a drag that a listener began, what was sent behind its message is delivered',
    rows: ['order/drag'],
    systems,
    contexts: everywhere,
    main: dragBeforeMore,
    expected: expectedOfMore,
  },
  {
    name: 'in such a drag it is delivered on the uv event loop, too, that tells of no nested loop',
    rows: ['order/drag', 'register/loop'],
    systems,
    contexts: ['sandboxed'],
    process: { env: { RINGWIRE_LOOP: 'uv' } },
    main: dragBeforeMore,
    expected: expectedOfMore,
  },
];
export default scenarios;
