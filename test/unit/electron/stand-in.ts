/**
 * Main's side of an Electron, as far as ringwire touches it, in each form that its sources show:
 * scripts/electron/private-parts names the forms.
 */
import { EventEmitter } from 'node:events';
import { type Findings, formsOf } from '../../../scripts/electron/private-parts/table.ts';
import { contentsClass, frameClass, ipcMainClass, sessionClass } from './stand-in-classes.ts';
import type { Contents, Forms, Frame, IpcMain, NativeEvent, Session } from './stand-in-types.ts';

/** What a renderer sends. */
export interface Sent {
  readonly kind: 'message' | 'message-sync' | 'invoke' | 'ports' | 'host';
  readonly channel: string;
  readonly args: unknown[];
  /** Of Electron's own scripts. */
  readonly internal?: boolean;
  /** Properties that the event has besides those of its form. */
  readonly more?: object;
  /** The frame is gone, so the event does not say which it was. */
  readonly gone?: boolean;
}

/** What becomes of it. */
export interface Delivered {
  readonly event: NativeEvent;
  /** What main has answered until now. */
  readonly answers: unknown[];
}

export class StandIn {
  readonly version: string;
  readonly forms: Forms;
  readonly app: EventEmitter & { getAppPath(): string } = Object.assign(new EventEmitter(), {
    getAppPath: () => '/the/application',
  });
  readonly ipcMain: IpcMain;
  readonly ipcMainInternal: IpcMain;
  readonly WebContents: new (
    id: number,
    session: Session,
    type: string,
  ) => Contents;
  readonly Session: new () => Session;
  readonly WebFrameMain: new (
    contents: Contents,
  ) => Frame;
  readonly frames: Frame[] = [];
  readonly #internal = new WeakSet<object>();
  #ids = 0;

  constructor(findings: Findings, version: string) {
    this.version = version;
    this.forms = formsOf(findings, version);
    const Ipc = ipcMainClass(this.forms);
    this.ipcMain = new Ipc();
    this.ipcMainInternal = new Ipc();
    this.WebFrameMain = frameClass(this, Ipc);
    this.Session = sessionClass(this);
    this.WebContents = contentsClass(this, Ipc);
  }

  /** What `require('electron')` gives in main. */
  get module(): object {
    return {
      app: this.app,
      ipcMain: this.ipcMain,
      webFrameMain: { fromId: (...ids: unknown[]) => this.#frameOf(ids) },
      webContents: { fromId: () => undefined, getAllWebContents: () => [] },
      MessageChannelMain: class {
        #hear: () => void = () => {};
        readonly port1 = { postMessage: () => setImmediate(() => this.#hear()) };
        readonly port2 = {
          on: (_name: string, hear: () => void) => {
            this.#hear = hear;
          },
          start() {},
        };
      },
      dialog: {},
    };
  }

  /** `process._linkedBinding`, as far as it is asked for. */
  readonly linkedBinding = (name: string): object => {
    if (name !== 'electron_common_v8_util') throw new Error(`No such binding was linked: ${name}`);
    return {
      getHiddenValue: (event: object, key: string) =>
        key === 'internal' && this.isInternal(event) ? true : undefined,
    };
  };

  isInternal(event: object): boolean {
    return this.#internal.has(event);
  }

  session(): Session {
    const session = new this.Session();
    session._init();
    this.app.emit('session-created', session);
    return session;
  }

  /** `change` comes before Electron's own set-up. */
  contents(
    session: Session,
    type = 'window',
    change: (contents: Contents) => void = () => {},
  ): Contents {
    const contents = new this.WebContents(++this.#ids, session, type);
    change(contents);
    contents._init();
    return contents;
  }

  /** What Electron's native side does with a message of a frame. */
  deliver(frame: Frame, sent: Sent): Delivered {
    const { kind, channel, args, internal = false } = sent;
    const answers: unknown[] = [];
    const event = this.event(frame, sent, (value) => answers.push(structuredClone(value)) > 0);
    const { contents } = frame;
    if (internal) this.#internal.add(event);
    // `-ipc-ports` has a message and its ports, the others a list of arguments.
    const given = kind === 'ports' ? [args[0], args.slice(1)] : [args];
    if (this.forms.emitter === 'session') {
      const name = kind === 'host' ? '-ipc-message-host' : `-ipc-${kind}`;
      contents.session.emit(name, event, channel, ...given);
    } else if (kind === 'host') {
      contents.emit('ipc-message-host', event, channel, ...given);
    } else {
      contents.emit(`-ipc-${kind}`, event, internal, channel, ...given);
    }
    return { event, answers };
  }

  /** With the properties that the form names, in that order. */
  event(frame: Frame, sent: Sent, sendReply: (value: unknown) => boolean): NativeEvent {
    const asks = sent.kind === 'message-sync' || sent.kind === 'invoke';
    const event: NativeEvent = Object.assign(new Event());
    if (asks && this.forms.reply === 'event') {
      Object.defineProperty(event, 'sendReply', { value: sendReply });
    }
    const { processId, routingId: frameId, frameTreeNodeId, contents } = frame;
    const values: Record<string, unknown> = {
      ...{ type: 'frame', sender: contents, _replyChannel: { sendReply } },
      ...{ senderFrame: frame, frameId, processId, frameTreeNodeId },
    };
    for (const name of this.forms.event?.split(' ') ?? []) {
      if (name === '_replyChannel' && !asks) continue;
      if (sent.gone && /frame|processId/i.test(name)) continue;
      Object.assign(event, { [name]: values[name] });
    }
    return Object.assign(event, sent.more);
  }

  /** As gin converts arguments. */
  #frameOf(ids: unknown[]): Frame | undefined {
    for (const id of ids) {
      if (typeof id !== 'number') throw new TypeError('Error processing argument at index 0');
    }
    return this.frames.find((frame) => frame.processId === ids[0] && frame.routingId === ids[1]);
  }
}

/** Electron's event, whose class has a name from its native side. */
class Event {
  get defaultPrevented(): boolean {
    return false;
  }
  preventDefault(): void {}
}
