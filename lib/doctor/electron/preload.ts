/**
 * The doctor's preload, in every kind of window: sends each kind of message, writes down what comes
 * back, and measures. It is built into one file, since it has to load in a sandbox.
 */
import { ipcRenderer } from 'electron';
import { type Begin, channels, type End } from './channels.ts';
import { checks } from './checks.ts';
import { measurements } from './measurements.ts';

/** Milliseconds for one step; what does not answer by then is written down as that. */
const patience = 10_000;

ipcRenderer.once(channels.begin, (_event, begin: Begin) => void examine(begin));

async function examine(begin: Begin): Promise<void> {
  const end: End = { observations: {}, speeds: {} };
  for (const [name, check] of Object.entries(checks)) {
    ipcRenderer.send(channels.step, name);
    const seen = await outcome(() => check(begin));
    if (seen !== undefined) end.observations[name] = seen;
  }
  for (const [name, measure] of Object.entries(measurements)) {
    ipcRenderer.send(channels.step, name);
    end.speeds[name] = await measure();
  }
  ipcRenderer.send(channels.end, end);
}

/** Undefined where this Electron has no such thing. */
async function outcome(
  check: () => Promise<string | undefined> | string | undefined,
): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`nothing within ${patience / 1000} s`), patience);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    return `threw ${String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
