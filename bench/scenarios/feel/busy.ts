import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { collect } from '../../harness/measure/collect.ts';
import type { ElectronScenario, MainSide, PageSide } from '../scenario.ts';

/** Messages of a burst, and microseconds that each listener takes. */
const count = 200;
const listener = 5000;

const target = { p50: 1, p99: 1 } as const;

/** What a page is busy with. */
type Work = 'messages' | 'answers';

/** Begins a burst of them, and resolves with the last. `heard` is called with each number. */
type Burst = (heard: (number: number) => void) => Promise<void>;

function block(): void {
  const end = now() + listener;
  while (now() < end);
}

/** Calls itself by `next` until it is stopped; then it says how often, and the longest pause. */
function repeat(next: (again: () => void) => unknown): () => { times: number; longest: number } {
  let [times, longest, last, stopped] = [0, 0, now(), false];
  const look = (): void => {
    const time = now();
    longest = Math.max(longest, time - last);
    last = time;
  };
  const again = (): void => {
    if (stopped) return;
    look();
    times++;
    next(again);
  };
  next(again);
  return () => {
    stopped = true;
    look();
    return { times, longest };
  };
}

/** Main's side of a burst of messages. */
function sendBursts({ ipcMain }: MainSide): void {
  ipcMain.on('burst', ({ sender }) => {
    for (let number = 0; number < count; number++) sender.send('item', number);
  });
}

/** The page's side of it. */
function burstOfMessages(ipcRenderer: PageSide['ipcRenderer']): Burst {
  return (heard) =>
    new Promise((resolve) => {
      const onItem = (_event: unknown, number: number): void => {
        heard(number);
        if (number < count - 1) return;
        ipcRenderer.off('item', onItem);
        resolve();
      };
      ipcRenderer.on('item', onItem);
      ipcRenderer.send('burst');
    });
}

/** What does a page draw while it is busy with a burst? The figure is time per frame, or the longest. */
function drawn(work: Work, what: 'frame' | 'gap'): ElectronScenario {
  return {
    id: `busy-${work}-${what}`,
    title: `a page busy with ${count} ${work} of 5 ms, ${what === 'frame' ? 'time per frame' : 'longest time without a frame'}`,
    unit: 'us',
    target,
    windows: 1,
    main(context) {
      sendBursts(context);
      context.ipcMain.handle('ask', (_event, number: number) => number);
    },
    page({ ipcRenderer, limits }) {
      const bursts: Record<Work, Burst> = {
        messages: burstOfMessages(ipcRenderer),
        answers: async (heard) => {
          const calls = Array.from({ length: count }, async (_, number) =>
            heard(await ipcRenderer.invoke('ask', number)),
          );
          await Promise.all(calls);
        },
      };
      return collect(limits, async () => {
        const start = now();
        const stop = repeat(requestAnimationFrame);
        let expected = 0;
        await bursts[work]((number) => {
          expectSame(number, expected++);
          block();
        });
        const { times, longest } = stop();
        return [what === 'gap' ? longest : (now() - start) / Math.max(times, 1)];
      });
    },
  };
}

/** How long does a page that is busy with messages wait for an answer? */
const busyPageAsks: ElectronScenario = {
  id: 'busy-messages-invoke',
  title: `an invoke of a page busy with ${count} messages of 5 ms`,
  unit: 'us',
  target,
  windows: 1,
  main(context) {
    sendBursts(context);
    context.ipcMain.handle('ask', (_event, value: number) => value);
  },
  page({ ipcRenderer, limits }) {
    const burst = burstOfMessages(ipcRenderer);
    const ask = async (): Promise<number> => {
      const start = now();
      expectSame(await ipcRenderer.invoke('ask', count), count);
      return now() - start;
    };
    return collect(limits, async () => {
      let took: Promise<number> | undefined;
      await burst((number) => {
        if (number === 0) took = ask();
        block();
      });
      return took ? [await took] : [];
    });
  },
};

/** How long does a timer of main wait while main is busy with a burst of a window? */
const busyMain: ElectronScenario = {
  id: 'busy-main-timers',
  title: `main busy with ${count} messages of 5 ms, longest time without a timer`,
  unit: 'us',
  target,
  windows: 1,
  main({ ipcMain }) {
    let stop: ReturnType<typeof repeat> | undefined;
    let tell = (_longest: number): void => {};
    ipcMain.handle('longest', () => {
      return new Promise<number>((resolve) => {
        tell = resolve;
      });
    });
    ipcMain.on('item', (_event, number: number) => {
      stop ??= repeat((again) => setTimeout(again, 0));
      block();
      if (number < count - 1) return;
      tell(stop().longest);
      stop = undefined;
    });
  },
  page({ ipcRenderer, limits }) {
    return collect(limits, async () => {
      const longest = ipcRenderer.invoke('longest') as Promise<number>;
      for (let number = 0; number < count; number++) ipcRenderer.send('item', number);
      return [await longest];
    });
  },
};

/** What comes between the messages of a burst whose listeners take their time. */
export const busy: readonly ElectronScenario[] = [
  drawn('messages', 'frame'),
  drawn('messages', 'gap'),
  drawn('answers', 'frame'),
  drawn('answers', 'gap'),
  busyPageAsks,
  busyMain,
];
