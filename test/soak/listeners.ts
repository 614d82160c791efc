import { type Account, channels } from './traffic/channels.ts';
import type { Kind, Ledger } from './traffic/ledger.ts';

/** The events of both `ipcMain` and a server: what is used of them. */
interface Event<Sender> {
  readonly sender: Sender;
  returnValue?: unknown;
}

/** What `ipcMain` and a Server have in common. */
export interface Receiver {
  // biome-ignore lint/suspicious/noExplicitAny: Electron types its arguments so
  on(channel: string, listener: (event: any, ...args: any[]) => void): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: Electron types its arguments so
  handle(channel: string, handler: (event: any, ...args: any[]) => unknown): void;
}

/** Who takes part, as the listeners report it. */
export interface Attendance<Sender> {
  began(sender: Sender, conversation: number): void;
  ended(sender: Sender): void;
}

/** Answers conversations, and writes them into the ledger. */
export function listenTo<Sender>(
  receiver: Receiver,
  ledger: Ledger,
  attendance: Attendance<Sender>,
): void {
  type Numbered = [conversation: number, sequence: number, body: unknown];
  const answer = (kind: Kind, ...[conversation, sequence, body]: Numbered): Uint8Array => {
    ledger.take(kind, conversation, sequence, body);
    return ledger.answer(conversation, sequence);
  };
  receiver.on(channels.hello, (event: Event<Sender>) => {
    const conversation = ledger.open();
    attendance.began(event.sender, conversation);
    event.returnValue = conversation;
  });
  receiver.on(channels.message, (_event: Event<Sender>, ...args: Numbered) =>
    ledger.take('messages', ...args),
  );
  receiver.on(channels.call, (event: Event<Sender>, ...args: Numbered) => {
    event.returnValue = answer('calls', ...args);
  });
  receiver.handle(channels.request, (_event: Event<Sender>, ...args: Numbered) =>
    answer('requests', ...args),
  );
  receiver.handle(channels.done, (event: Event<Sender>, conversation: number, theirs: Account) => {
    ledger.compare(conversation, theirs);
    attendance.ended(event.sender);
  });
  receiver.on(channels.bye, (event: Event<Sender>, conversation: number, sent: number) => {
    ledger.bye(conversation, sent);
    attendance.ended(event.sender);
  });
  receiver.on(channels.wrong, (_event: Event<Sender>, conversation: number, what: string) =>
    ledger.fault(conversation, what),
  );
}
