/**
 * Asks main whether this frame gets a ring, before any script of the application runs. Only then what
 * the ring takes is loaded. When something fails, main is told why, and nothing has changed.
 */
import { ipcRenderer } from 'electron';
import type { NativeAddon } from '../../core/native.ts';
import {
  type Invitation,
  type JoinAnswer,
  type JoinRequest,
  PRIVATE_CHANNEL,
  type StockNotice,
  type StockReason,
} from '../protocol.ts';
import { setRendererPath } from './path.ts';

type Ring = typeof import('./ring.ts');

/** What the built script evaluates to: a module that fills its exports, as those of Node. */
type RingScript = (
  exports: Partial<Ring>,
  require: NodeJS.Require,
  process: NodeJS.Process,
) => void;

/** Puts this frame on a ring if main invites it, else leaves it on stock IPC. */
export function join(): void {
  const answer = ipcRenderer.sendSync(
    PRIVATE_CHANNEL,
    ...(['join'] satisfies JoinRequest),
  ) as JoinAnswer | null;
  if (!isJoinAnswer(answer)) {
    stayOnStock('unsupported', `main has answered ${JSON.stringify(answer)}`);
    return;
  }
  if ('reason' in answer) {
    setRendererPath({ path: 'stock', reason: answer.reason });
    return;
  }
  let ring: Ring;
  let link: ReturnType<Ring['connect']>;
  try {
    const addon = require(answer.addon) as NativeAddon;
    ring = load(addon, answer);
    link = ring.connect(addon, answer);
  } catch (error) {
    stayOnStock('unsupported', (error as Error).message);
    return;
  }
  if (link instanceof Error) stayOnStock('refused', link.message);
  else ring.switchOver(link, answer);
}

/**
 * The answer is null where the window is closing, and anything else where no ringwire has answered.
 */
function isJoinAnswer(answer: JoinAnswer | null): answer is JoinAnswer {
  return (
    answer !== null && typeof answer === 'object' && ('reason' in answer || 'address' in answer)
  );
}

/** A frame's next document finds the script compiled, which `require` would do for each. */
function load(addon: NativeAddon, { script }: Invitation): Ring {
  const { readFileSync } = require('node:fs') as typeof import('node:fs');
  const run = addon.runScript(readFileSync(script, 'utf8')) as RingScript;
  const ring: Partial<Ring> = {};
  // Without context isolation Electron takes the global ones away once preloads have run.
  run(ring, require, process);
  return ring as Ring;
}

function stayOnStock(reason: StockReason, detail: string): void {
  setRendererPath({ path: 'stock', reason, detail });
  ipcRenderer.send(PRIVATE_CHANNEL, ...(['stock', reason, detail] satisfies StockNotice));
}
