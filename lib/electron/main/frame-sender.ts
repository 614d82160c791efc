import { refuseShared } from '../../core/shared-buffer.ts';
import { type FromMain, PRIVATE_CHANNEL } from '../protocol.ts';
import type { Batching } from './batch/batching.ts';
import type { Attachments } from './frames/attachments.ts';
import type { FrameSender } from './hooks/hooks.ts';

/** Chooses how main sends to a frame: by its ring, in a batch, or by stock IPC as it is. */
export function frameSender(attachments: Attachments, batching: Batching | undefined): FrameSender {
  return {
    send(frame, channel, args) {
      const batched = batching?.of(frame);
      const link = batched ? undefined : attachments.linkOf(frame);
      if (link) {
        link.outbox.send(channel, args);
        return true;
      }
      refuseShared(args, 'the frame it is sent to has no ring');
      batched?.send(channel, args);
      return batched !== undefined;
    },
    postMessage(frame, args, stock) {
      const [channel, message, transfer] = args;
      const valid = typeof channel === 'string' && args.length > 1;
      const link = valid && attachments.linkOf(frame);
      const batched = valid && batching?.of(frame);
      if (batched) {
        batched.flush();
        const wrapped: FromMain = ['out-of-band', channel, [message]];
        stock(PRIVATE_CHANNEL, wrapped, ...(args.length > 2 ? [transfer] : []));
      } else if (link) {
        const ported = transfer !== undefined && !isEmptyList(transfer);
        link.outbox.post(channel, message, ported, (wrapped) => {
          stock(PRIVATE_CHANNEL, wrapped, ...(ported ? [transfer] : []));
        });
      } else {
        stock(...args);
      }
    },
  };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
