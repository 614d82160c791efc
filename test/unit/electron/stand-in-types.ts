import type { EventEmitter } from 'node:events';

/** The form of each private part, by the part's name. */
export type Forms = Readonly<Record<string, string>>;

/** What classes and dispatchers share. */
export interface Electron {
  readonly forms: Forms;
  readonly app: EventEmitter;
  readonly ipcMain: IpcMain;
  readonly ipcMainInternal: IpcMain;
  readonly WebFrameMain: new (contents: Contents) => Frame;
  readonly frames: Frame[];
  isInternal(event: object): boolean;
}

export type Handler = (event: object, ...args: unknown[]) => unknown;

export interface IpcMain extends EventEmitter {
  readonly _invokeHandlers: Map<string, Handler>;
  handle(channel: string, handler: Handler): void;
}

export interface Session extends EventEmitter {
  _init(): void;
  setPreloads(paths: string[]): void;
  getPreloads(): string[];
}

export interface Contents extends EventEmitter {
  readonly id: number;
  readonly session: Session;
  readonly ipc: IpcMain;
  readonly mainFrame: Frame;
  _init(): void;
  sendToFrame(frame: unknown, channel: string, ...args: unknown[]): void;
}

export interface Frame {
  readonly contents: Contents;
  readonly processId: number;
  readonly routingId: number;
  readonly frameTreeNodeId: number;
  /** What has gone by stock IPC. */
  readonly sent: unknown[][];
  readonly ipc?: IpcMain;
  send(channel: string, ...args: unknown[]): void;
}

/** An event, as tests look at it. */
export interface NativeEvent extends Record<string, unknown> {}

/** An event, as the dispatchers read and complete it. */
export interface DispatchedEvent {
  type?: string;
  sender: Contents;
  processId: number;
  frameId: number;
  frameTreeNodeId?: number;
  _replyChannel: { sendReply(value: unknown): void };
  sendReply(value: unknown): void;
  _reply?(value: unknown): void;
  reply?(channel: string, ...args: unknown[]): void;
  ports?: unknown[];
}
