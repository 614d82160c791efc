/** What windows and Node peers say to the application, and it to them. */
export const channels = {
  /** Asked first, synchronously: the number of the conversation. */
  hello: 'hello',
  /** `send(conversation, sequence, body)` */
  message: 'message',
  /** `sendSync(conversation, sequence, body)`, answered with the body of the answers' stream. */
  call: 'call',
  /** `invoke(conversation, sequence, body)`, answered in the same way. */
  request: 'request',
  /** The application's own: `(conversation, sequence, body)`. */
  push: 'push',
  /** The application's last push: say `done` when all is answered. */
  stop: 'stop',
  /** `invoke(conversation, Account)`: the end of a conversation in good order. */
  done: 'done',
  /** `send(conversation, sent)`: the last message of a page that is left. */
  bye: 'bye',
  /** `send(conversation, what)`: something arrived wrong. */
  wrong: 'wrong',
} as const;

/** What one side has counted when a conversation ends in good order. */
export interface Account {
  /** Messages, calls and requests together: they share one sequence. */
  readonly sent: number;
  readonly answered: number;
  readonly heard: number;
}

/** The streams of one conversation: bodies differ by direction. */
export const streams = {
  up: (conversation: number): number => 3 * conversation,
  answers: (conversation: number): number => 3 * conversation + 1,
  down: (conversation: number): number => 3 * conversation + 2,
} as const;
