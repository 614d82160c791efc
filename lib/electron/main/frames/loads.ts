import { type WebContents, webFrameMain } from 'electron';

/**
 * Which frames are loading another document than they show. Chromium does not report each load that
 * comes to nothing (a download, an empty answer, `stop`). It only reports when a window has no load
 * left. So a frame may count as loading for too long, but never for too short a time.
 */
export class Loads {
  /** Loads that have begun, by the id of the frame's node, which outlives a change of process. */
  readonly #begun = new WeakMap<WebContents, Map<number, number>>();

  /** A frame begins to load. */
  begin(webContents: WebContents, processId: number, frameId: number): void {
    this.#count(webContents, processId, frameId, 1);
  }

  /** A frame shows what it loaded; another load may have begun meanwhile. */
  commit(webContents: WebContents, processId: number, frameId: number): void {
    this.#count(webContents, processId, frameId, -1);
  }

  /** No frame of the window loads any more. */
  end(webContents: WebContents): void {
    this.#begun.delete(webContents);
  }

  /** Whether a frame loads. */
  has(webContents: WebContents, frameTreeNodeId: number): boolean {
    return (this.#begun.get(webContents)?.get(frameTreeNodeId) ?? 0) > 0;
  }

  #count(webContents: WebContents, processId: number, frameId: number, step: number): void {
    const node = webFrameMain.fromId(processId, frameId)?.frameTreeNodeId;
    if (node === undefined) return;
    const counts = this.#begun.get(webContents) ?? new Map<number, number>();
    this.#begun.set(webContents, counts);
    counts.set(node, Math.max(0, (counts.get(node) ?? 0) + step));
  }
}
