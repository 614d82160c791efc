import type { JoinAnswer } from '../../protocol.ts';
import type { PrivateMessage } from './private-events.ts';

/** Answers a renderer that waits for it, whatever goes wrong. */
export function answerSync({ event }: PrivateMessage, answer: () => unknown): void {
  let answered = false;
  try {
    event._replyChannel?.sendReply(answer());
    answered = true;
  } finally {
    if (!answered) event._replyChannel?.sendReply({ reason: 'unsupported' });
  }
}

/** Answers a question that came before ringwire was ready for it. */
export function refuse(message: PrivateMessage): void {
  if (message.kind !== 'messageSync') return;
  answerSync(message, (): JoinAnswer => ({ reason: 'unsupported' }));
}
