import { type WebContents, type WebFrameMain, webContents } from 'electron';
import type { PathKind, StockReason } from '../protocol.ts';
import { frameOf, keyOf } from './frames/frame-key.ts';

/** Which way the messages of one frame take, and why. */
export interface FramePath {
  readonly webContentsId: number;
  readonly processId: number;
  readonly frameId: number;
  readonly url: string;
  readonly path: PathKind;
  /** Why the frame is on stock IPC; absent on the ring. */
  readonly reason?: StockReason;
  /** More about the reason, for people. */
  readonly detail?: string;
  /** Whether bursts travel in batches; only where single messages go by stock IPC. */
  readonly batched?: boolean;
}

/** What is known about one frame. */
export type PathEntry = Pick<FramePath, 'path' | 'reason' | 'detail' | 'batched'>;

/** A frame on stock IPC. */
export function stockPath(reason: StockReason, detail?: string): PathEntry {
  return detail === undefined ? { path: 'stock', reason } : { path: 'stock', reason, detail };
}

/** The table keeps so many entries before it drops frames that are gone. */
const fewEntries = 32;

/** Remembers the path of each frame, as the frames and their links report it. */
export class PathTable {
  readonly #entries = new Map<string, PathEntry>();
  /** At this size the table drops frames that are gone; no event reports those. */
  #many = fewEntries;
  readonly #fallback: (webContents: WebContents) => PathEntry;

  /** `fallback` tells about frames that never reported anything. */
  constructor(fallback: (webContents: WebContents) => PathEntry) {
    this.#fallback = fallback;
  }

  set(processId: number, frameId: number, entry: PathEntry): void {
    this.#entries.set(keyOf(processId, frameId), entry);
    if (this.#entries.size < this.#many) return;
    this.#forgetGone(new Set());
    this.#many = Math.max(fewEntries, 2 * this.#entries.size);
  }

  /** All frames that exist now; forgets those that do not. */
  list(): FramePath[] {
    const paths: FramePath[] = [];
    const living = new Set<string>();
    for (const contents of webContents.getAllWebContents()) {
      for (const frame of framesOf(contents)) {
        const { processId, routingId: frameId, url } = frame;
        const key = keyOf(processId, frameId);
        living.add(key);
        const entry = this.#entries.get(key) ?? this.#fallback(contents);
        paths.push({ webContentsId: contents.id, processId, frameId, url, ...entry });
      }
    }
    this.#forgetGone(living);
    return paths;
  }

  #forgetGone(living: ReadonlySet<string>): void {
    for (const key of this.#entries.keys()) {
      if (!living.has(key) && !frameOf(key)) this.#entries.delete(key);
    }
  }
}

/**
 * The frames of a WebContents whose properties can be read: those of a frame without a renderer
 * throw.
 */
function framesOf(contents: WebContents): WebFrameMain[] {
  try {
    return contents.mainFrame.framesInSubtree.filter(isAlive);
  } catch {
    return [];
  }
}

function isAlive(frame: WebFrameMain): boolean {
  try {
    return typeof frame.url === 'string';
  } catch {
    return false;
  }
}
