/**
 * What happened, and what to do about it. The message of an error is
 * `<what>: <detail>. <advice>.`; docs/errors.md has the same table and a test compares the two.
 */
interface Explanation {
  readonly what: string;
  readonly advice: string;
}

/** Every code a {@link RingwireError} can have, with its explanation. */
export const errorTable = {
  ERR_RINGWIRE_UNSUPPORTED: {
    what: 'The native addon cannot run here',
    advice: 'Install a build for this platform, or stay on the IPC of Node or Electron',
  },
  ERR_RINGWIRE_BUNDLED: {
    what: 'ringwire was bundled, and is not installed next to the bundle',
    advice: 'Keep /^ringwire/ external in the bundler, and ship node_modules/ringwire',
  },
  ERR_RINGWIRE_CLOSED: {
    what: 'The connection was closed',
    advice: 'Connect again; what was under way will not be answered',
  },
  ERR_RINGWIRE_PEER_GONE: {
    what: 'The other process ended without closing the connection',
    advice: 'Find out why it exited or was killed, then connect again',
  },
  ERR_RINGWIRE_CORRUPT: {
    what: 'The peer sent bytes that no ringwire of this version writes',
    advice: 'Run the same ringwire on both sides; if they are the same, do not trust the peer',
  },
  ERR_RINGWIRE_TIMEOUT: {
    what: 'No answer came before the deadline',
    advice: 'The peer may be busy or stopped: raise the timeout, or try again',
  },
  ERR_RINGWIRE_DEADLOCK: {
    what: 'Both sides would wait for each other in sendSync',
    advice: 'Let only one side call sendSync, and use invoke on the other',
  },
  ERR_RINGWIRE_QUEUE_FULL: {
    what: 'More bytes wait for the peer than queueLimit allows',
    advice: 'Send less until queuedBytes falls, or raise queueLimit',
  },
  ERR_RINGWIRE_TOO_LARGE: {
    what: 'A message is longer than the limit',
    advice: 'Send it in parts; the detail names the limit',
  },
  ERR_RINGWIRE_NO_LISTENER: {
    what: 'Nobody listens on this name',
    advice: 'Start the process that calls listen() first, as the same user',
  },
  ERR_RINGWIRE_REFUSED: {
    what: 'The listener refused the connection',
    advice: 'It is closing, or too many connect at the same time; try again',
  },
  ERR_RINGWIRE_BAD_TOKEN: {
    what: 'The listener does not know this token',
    advice: 'Give connect() the token that listen() was given; a token of fork() works once',
  },
  ERR_RINGWIRE_VERSION: {
    what: 'The two sides speak different versions of the protocol',
    advice: 'Install the same ringwire on both sides',
  },
  ERR_RINGWIRE_HANDSHAKE: {
    what: 'The handshake broke off or made no sense',
    advice: 'See whether something else than ringwire owns this address',
  },
  ERR_RINGWIRE_WRONG_USER: {
    what: 'The peer belongs to another user',
    advice: 'Run both processes as the same user',
  },
  ERR_RINGWIRE_NO_MEMORY: {
    what: 'There is no memory for a message',
    advice: 'Send it in parts, or find what uses the memory',
  },
  ERR_RINGWIRE_SYSTEM: {
    what: 'A system call failed',
    advice: 'The detail names the call and its error, and so does the cause',
  },
  ERR_RINGWIRE_ADDRESS_IN_USE: {
    what: 'Another process of this user listens on this name',
    advice: 'Choose another name, or connect to that process',
  },
  ERR_RINGWIRE_INVALID_ARGUMENT: {
    what: 'An argument is not what the function takes',
    advice: 'The detail says what was expected and what came',
  },
  ERR_RINGWIRE_UNCLONABLE: {
    what: 'A value cannot be cloned',
    advice: 'Send data only: no functions, symbols, promises, proxies or shared memory',
  },
  ERR_RINGWIRE_NOT_SHAREABLE: {
    what: 'A shared buffer cannot go this way',
    advice: 'Send it by a ring, as an argument or an answer; docs/shared-buffers.md says how',
  },
  ERR_RINGWIRE_BUFFER_CLOSED: {
    what: 'This shared buffer was closed',
    advice: 'Close it when nobody in this process needs it any more',
  },
  ERR_RINGWIRE_BUFFER_LIMIT: {
    what: 'There is no room for another shared buffer',
    advice: 'Close those that are not needed any more',
  },
  ERR_RINGWIRE_REMOTE: {
    what: 'The handler of the peer failed',
    advice: 'The cause has the name, message and stack of its error',
  },
  ERR_RINGWIRE_NO_HANDLER: {
    what: 'The peer does not answer on this channel',
    advice: 'Register it there: handle() answers invoke, on() answers sendSync',
  },
  ERR_RINGWIRE_NO_REPLY: {
    what: 'The peer dropped the request without an answer',
    advice: 'Set event.returnValue, or settle the promise that the handler returned',
  },
  ERR_RINGWIRE_DUPLICATE_HANDLER: {
    what: 'A channel can have one handler only',
    advice: 'Call removeHandler() before you handle the channel again',
  },
  ERR_RINGWIRE_NOT_FORKED: {
    what: 'This process was not started by fork() of ringwire',
    advice: 'Start it with fork(), or use connect() with a name',
  },
  ERR_RINGWIRE_CHILD_EXITED: {
    what: 'The child ended before it called parent()',
    advice: 'See its output; the script has to call parent() to be connected',
  },
  ERR_RINGWIRE_NO_ELECTRON: {
    what: 'There is no Electron to check',
    advice: 'Run it in the folder of an application, after npm install',
  },
  ERR_RINGWIRE_ELECTRON_FAILED: {
    what: 'Electron did not finish the check',
    advice: 'See what it printed; npx ringwire doctor has an option for a longer time',
  },
} as const;

/** One of the codes of docs/errors.md. */
export type RingwireErrorCode = keyof typeof errorTable;

/** What a {@link RingwireError} says beyond its code. */
export interface RingwireErrorOptions {
  /** What exactly was expected or came, put into the message. */
  readonly detail?: string;
  /** The error or value behind this one. */
  readonly cause?: unknown;
}

/**
 * The only error class of this package. Tell errors apart by {@link RingwireError.code}, never by
 * their message.
 *
 * @example
 * try {
 *   peer.sendSync('save', document);
 * } catch (error) {
 *   if (error instanceof RingwireError && error.code === 'ERR_RINGWIRE_TIMEOUT') retry();
 *   else throw error;
 * }
 */
export class RingwireError extends Error {
  /** What happened, as one of the codes of docs/errors.md. */
  readonly code: RingwireErrorCode;

  constructor(code: RingwireErrorCode, options: RingwireErrorOptions = {}) {
    super(explain(code, options.detail), 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
  }

  /** `RingwireError`, also when the class was renamed by a minifier. */
  override get name(): string {
    return 'RingwireError';
  }
}

function explain(code: RingwireErrorCode, detail: string | undefined): string {
  const { what, advice }: Explanation = errorTable[code];
  if (detail === undefined) return `${what}. ${advice}.`;
  const line = detail
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  return `${what}: ${line}. ${advice}.`;
}
