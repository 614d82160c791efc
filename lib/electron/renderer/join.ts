/**
 * Asks main whether this frame gets a ring, before any script of the application runs. Only then what
 * the ring takes is loaded. When something fails, main is told why, and nothing has changed.
 */
import { ipcRenderer } from 'electron';
import type { NativeAddon } from '../../core/native.ts';
import {
  type JoinAnswer,
  type JoinRequest,
  PRIVATE_CHANNEL,
  type StockNotice,
  type StockReason,
} from '../protocol.ts';
import { setRendererPath } from './path.ts';

type Ring = typeof import('./ring.ts');

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
    ring = require(answer.script) as Ring;
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

function stayOnStock(reason: StockReason, detail: string): void {
  setRendererPath({ path: 'stock', reason, detail });
  ipcRenderer.send(PRIVATE_CHANNEL, ...(['stock', reason, detail] satisfies StockNotice));
}
