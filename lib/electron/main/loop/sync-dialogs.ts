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

/** Milliseconds for a task to begin. If none does, the application is quitting. */
const taskTimeout = 2000;

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/**
 * Makes a synchronous dialog block the whole process also when a ring's listener opens it.
 *
 * On stock, listeners run in a task of Chromium. While a dialog that such a task opened is open,
 * Chromium runs no other task, so no message is delivered. A ring's listener runs outside of
 * Chromium's tasks, so a task has to open its dialog.
 *
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
