import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, vi } from 'vitest';
import { MessageKind } from '../../../lib/core/message-head.ts';
import type { NativeLink, NativeListenerOptions } from '../../../lib/core/native.ts';
import { Messenger } from '../../../lib/electron/messenger.ts';
import { PRIVATE_CHANNEL } from '../../../lib/electron/protocol.ts';
import findings from '../../../scripts/electron/private-parts/findings.json' with { type: 'json' };
import { changes, type Findings, formsOf } from '../../../scripts/electron/private-parts/table.ts';
import { MemoryTransport } from '../../helpers/memory-transport.ts';
import { type Sent, StandIn } from './stand-in.ts';
import type { Contents, Frame, Session } from './stand-in-types.ts';

export const found = findings as unknown as Findings;

const mainParts = ['emitter', 'event', 'reply', 'frameIpc', 'host', 'send', 'preloads'];

/** Those with which a part that main's half touches got another form. */
export const versions: readonly string[] = changes(found, mainParts);

export const withReplyChannel: readonly string[] = versions.filter(
  (version) => formsOf(found, version).reply === 'channel',
);

/** To be called once in a file: keeps what the console is told, for each test. */
export function quietly(): () => string[] {
  const { emit } = EventEmitter.prototype;
  let warnings: string[] = [];
  beforeEach(() => {
    warnings = [];
    vi.spyOn(console, 'warn').mockImplementation((text) => void warnings.push(String(text)));
  });
  afterEach(() => {
    EventEmitter.prototype.emit = emit;
    vi.restoreAllMocks();
    vi.doUnmock('electron');
  });
  return () => warnings;
}

type Main = typeof import('../../../lib/electron/main/register.ts');

/** An application with one window. */
export interface Started {
  readonly electron: StandIn;
  readonly session: Session;
  readonly contents: Contents;
  readonly frame: Frame;
  /** The frame's end of a ring. */
  join(): FrameEnd;
}

/** Starts it in a stand-in of this version. */
export async function start(version: string): Promise<Started> {
  const electron = new StandIn(found, version);
  const { register } = await loadMain(electron);
  register();
  const session = electron.session();
  const contents = electron.contents(session);
  const frame = contents.mainFrame;
  return { electron, session, contents, frame, join: () => joinFrom(electron, frame) as FrameEnd };
}

/** What the native side runs, whatever an application reads. */
export function nativePreloads(session: Session): () => string[] {
  const { getPreloads, getPreloadScripts } = Object.getPrototypeOf(session);
  return () => {
    if (!getPreloadScripts) return getPreloads.call(session);
    return getPreloadScripts.call(session).map(({ filePath }: { filePath: string }) => filePath);
  };
}

let listening: NativeListenerOptions | undefined;

/** Loads ringwire's main half anew, in a stand-in of Electron, with links inside this thread. */
export async function loadMain(electron: StandIn): Promise<Main> {
  vi.resetModules();
  vi.doMock('electron', () => electron.module);
  vi.doMock('../../../lib/core/load-native.ts', () => ({
    loadNative() {},
    nativeFile: () => 'ringwire.node',
  }));
  vi.doMock('../../../lib/core/native.ts', () => ({
    nativeAddon: () => ({
      limits: { tokenLength: 32 },
      randomBytes: (length: number) => Uint8Array.from(randomBytes(length)),
      listen: (_address: string, options: NativeListenerOptions) => {
        listening = options;
        return { close() {}, ref() {}, unref() {} };
      },
      useUiLoop: () => false,
      reportUncaught(error: unknown) {
        throw error;
      },
    }),
  }));
  vi.doMock('../../../lib/core/transport.ts', () => ({
    LinkTransport: class {
      constructor(native: object) {
        // biome-ignore lint/correctness/noConstructorReturn: stands for the class it is put around
        return native;
      }
    },
  }));
  const versions = { ...process.versions, electron: electron.version };
  Object.defineProperty(process, 'versions', { value: versions, configurable: true });
  Object.assign(process, { type: 'browser', _linkedBinding: electron.linkedBinding });
  const takeover = await import('../../../lib/electron/main/takeover.ts');
  vi.doMock('../../../lib/electron/main/load-takeover.ts', () => ({
    loadTakeover: () => takeover,
  }));
  return import('../../../lib/electron/main/register.ts');
}

/** The end of a ring that is in a frame. */
export interface FrameEnd {
  readonly messenger: Messenger;
  /** Main's end. */
  readonly main: MemoryTransport;
  /** What main has sent by the ring. */
  readonly heard: unknown[][];
  /** Answers to `invoke` that came by the ring. */
  readonly answers: unknown[];
}

/** What a preload does: asks to join, and connects where it is told to. */
export function joinFrom(electron: StandIn, frame: Frame): FrameEnd | unknown {
  const answer = askToJoin(electron, frame);
  if (!answer?.token || !admits(answer.token)) return answer;
  return connectWith(answer.token);
}

/** What a frame is told that asks to join. */
export function askToJoin(electron: StandIn, frame: Frame): { token?: Uint8Array } | undefined {
  const sent: Sent = { kind: 'message-sync', channel: PRIVATE_CHANNEL, args: ['join'] };
  return electron.deliver(frame, sent).answers[0] as { token?: Uint8Array } | undefined;
}

/** Whether main lets a process connect that shows this token. */
export function admits(token: Uint8Array, processId: number = process.pid): boolean {
  return listening?.authorize(token, processId) === true;
}

/** The frame's end of the link that a process gets which main has let connect. */
export function connectWith(token: Uint8Array): FrameEnd {
  const [main, ours] = MemoryTransport.pair();
  listening?.onLink(main as unknown as NativeLink, token);
  const messenger = new Messenger(ours, 'structured');
  const end: FrameEnd = { messenger, main, heard: [], answers: [] };
  ours.start(
    (length, _sequence, body) => {
      const { kind, channel, values } = messenger.read(length, body);
      if (kind === MessageKind.Event) end.heard.push([channel, ...values]);
    },
    () => {},
    {
      onResult: (length, body) => {
        end.answers.push(...messenger.readResult(length, body).values);
      },
    },
  );
  return end;
}
