import type { WebContents } from 'electron';
import { isExperimentalAskedFor } from '../../core/experimental.ts';
import type { CodecName } from '../protocol.ts';

/** How `register` switches an application over. */
export interface RegisterOptions {
  /**
   * How values travel. `structured`: the structured clone algorithm, as Electron's IPC has it
   * since version 8. `json`: as the first Electron documents promised, "arguments will be
   * serialized as JSON and no functions or prototype chain will be included".
   *
   * @default 'structured'
   */
  readonly codec?: CodecName;
  /**
   * Whether sandboxed windows, which stay on stock IPC, send bursts in batches: one stock message
   * for many. `RINGWIRE_BATCH=off` in the environment does the same as `false`.
   *
   * @default true
   */
  readonly batch?: boolean;
  /**
   * Decides for each document of a window whether it uses ringwire. The others stay on stock IPC,
   * and `paths()` gives the reason `off`. Use it to compare two windows, or to leave some out.
   *
   * @default all windows
   *
   * @example
   * register({ filter: (webContents) => webContents.getType() !== 'webview' });
   */
  readonly filter?: (webContents: WebContents) => boolean;
  /**
   * Uses ringwire also where its addon was built and never run: on Windows and macOS. Elsewhere it
   * changes nothing. Without it such an application stays on stock IPC, and `paths()` gives the reason
   * `experimental`. `RINGWIRE_EXPERIMENTAL=1` in the environment does the same as `true`.
   *
   * @default false
   */
  readonly experimental?: boolean;
}

/** What {@link RegisterOptions} come to. */
export interface EffectiveOptions {
  readonly codec: CodecName;
  readonly batch: boolean;
  readonly filter: RegisterOptions['filter'] | undefined;
  readonly experimental: boolean;
}

export function withDefaults({
  codec = 'structured',
  batch = true,
  filter,
  experimental = false,
}: RegisterOptions): EffectiveOptions {
  return { codec, batch, filter, experimental: experimental || isExperimentalAskedFor() };
}
