import { nativeAddon } from '../../../core/native.ts';
import { wrapSyncDialogs } from './sync-dialogs.ts';
import { UiTasks } from './ui-tasks.ts';

/**
 * The event loop of Electron's main process, which is Chromium's. During a drag or a synchronous
 * dialog Chromium runs a nested loop.
 */
export class MainLoop {
  /** Whether a nested loop runs: ticks and microtasks wait for the JavaScript below. */
  nested = false;
  /** Whether {@link nested} is ever set: not where the addon knows libuv's loop only. */
  readonly tellsNesting: boolean = false;

  /** To be made once for the process. `onNested` is called when a nested loop begins. */
  constructor(onNested: () => void) {
    if (process.env.RINGWIRE_LOOP === 'uv') return;
    const native = nativeAddon();
    const tasks = new UiTasks();
    this.tellsNesting = native.useUiLoop(
      () => tasks.post(() => native.resumeWatches()),
      (nested) => {
        this.nested = nested;
        if (nested) onNested();
      },
    );
    if (this.tellsNesting) wrapSyncDialogs(native, tasks);
  }
}
