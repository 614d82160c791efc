import { dialog } from 'electron';
import type { NativeAddon } from '../../../core/native.ts';
import type { UiTasks } from './ui-tasks.ts';

/** The functions that show a dialog and return when it is closed. */
const names = [
  'showOpenDialogSync',
  'showSaveDialogSync',
  'showMessageBoxSync',
  'showErrorBox',
] as const;

/** Milliseconds for a task to begin. Where none does any more, the application is quitting. */
const taskTimeout = 2000;

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/**
 * Lets synchronous dialogs hold up the whole process where a ring's listener opens them, too.
 *
 * While such a dialog is open, Chromium runs no task, if one opened it: stock Electron delivers no
 * message then, and listeners need not expect any. A ring's listener runs outside of Chromium's
 * tasks, so there the dialog is opened by one.
 */
export function wrapSyncDialogs(native: NativeAddon, tasks: UiTasks): void {
  const inTask = (work: () => unknown): unknown => {
    let outcome: Outcome | undefined;
    let late = false;
    tasks.post(() => {
      if (late) return;
      try {
        outcome = { value: work() };
      } catch (error) {
        outcome = { error };
      }
    });
    native.iterate(() => outcome !== undefined, taskTimeout);
    if (outcome === undefined) {
      late = true;
      return work();
    }
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  };
  const functions = dialog as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of names) {
    const original = functions[name];
    if (original === undefined) continue;
    functions[name] = new Proxy(original, {
      apply: (target, self, args) => {
        const show = (): unknown => Reflect.apply(target, self, args);
        return native.inWatch() ? inTask(show) : show();
      },
    });
  }
}
