import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import {
  found,
  joinFrom,
  loadMain,
  nativePreloads,
  quietly,
  start,
  versions,
  withReplyChannel,
} from './ringwire.ts';
import { StandIn } from './stand-in.ts';
import type { Contents } from './stand-in-types.ts';

const warnings = quietly();

describe.each(withReplyChannel)('an Electron as %s', (version) => {
  describe('stays on stock IPC, and says once why, where', () => {
    const stays = async (
      change: (electron: StandIn) => void,
      why: RegExp,
      contentsChange: (contents: Contents) => void = () => {},
    ) => {
      const electron = new StandIn(found, version);
      change(electron);
      const { register } = await loadMain(electron);
      register();
      const session = electron.session();
      const heard: unknown[] = [];
      electron.ipcMain.on('send', (_event, value) => heard.push(value));
      for (let i = 0; i < 2; i++) {
        const { mainFrame } = electron.contents(session, 'window', contentsChange);
        expect(joinFrom(electron, mainFrame)).not.toHaveProperty('messenger');
        electron.deliver(mainFrame, { kind: 'message', channel: 'send', args: [i] });
      }
      expect(heard).toEqual([0, 1]);
      expect(warnings()).toEqual([expect.stringMatching(why)]);
    };

    it('a newer version gives its events another property', () =>
      stays((electron) => {
        const { event } = electron;
        electron.event = (frame, sent, reply) =>
          event.call(electron, frame, { ...sent, more: { documentId: 'new' } }, reply);
      }, /on Electron's own IPC\. .*other properties: .*documentId/));

    it('frames have no _send', () =>
      stays(({ WebFrameMain }) => {
        Object.assign(WebFrameMain.prototype, { _send: undefined, send() {} });
      }, /has no WebFrameMain\.prototype\._send/));

    it('nobody listens to an internal event', () =>
      stays(
        () => {},
        /has no internal event -ipc-ports/,
        (contents) => {
          for (const emitter of [contents, contents.session]) {
            emitter.removeAllListeners('-ipc-ports');
            const { on } = EventEmitter.prototype;
            Object.defineProperty(emitter, 'on', {
              configurable: true,
              value: (name: string, listener: () => void) =>
                name === '-ipc-ports' ? emitter : on.call(emitter, name, listener),
            });
          }
        },
      ));

    it('a session takes no preload', () =>
      stays(({ Session }) => {
        Object.assign(Session.prototype, {
          registerPreloadScript: undefined,
          setPreloads: undefined,
        });
      }, /has no way to give a session a preload/));

    it('sessions and windows have no class of their own', () =>
      stays((electron) => {
        for (const type of [electron.Session, electron.WebContents]) flatten(type);
      }, /no class of their own/));
  });
});

it('a window without a session is no reason to throw where the session dispatches', async () => {
  const electron = new StandIn(found, '36.0.0');
  const { register } = await loadMain(electron);
  register();
  const session = electron.session();
  electron.contents(session, 'window', (contents) => {
    Object.defineProperty(contents, 'session', { value: undefined });
  });
  expect(warnings()).toEqual([expect.stringMatching(/has no internal event -ipc-message/)]);
});

/** As if objects had all that their class has, and no class between them and EventEmitter. */
function flatten({ prototype }: { prototype: object }): void {
  const own: PropertyDescriptorMap = {};
  for (let one = prototype; one !== EventEmitter.prototype; one = Object.getPrototypeOf(one)) {
    Object.assign(own, { ...Object.getOwnPropertyDescriptors(one), ...own });
  }
  Object.defineProperty(prototype, '_init', {
    value(this: object) {
      Object.defineProperties(this, own);
      Object.setPrototypeOf(this, EventEmitter.prototype);
      own._init?.value.call(this);
    },
  });
}

describe.each(versions.filter((version) => !withReplyChannel.includes(version)))(
  'as in %s, whose events have no reply channel',
  (version) => {
    it('all stays on stock IPC, and the console says why', async () => {
      const { electron, session, frame } = await start(version);
      const native = nativePreloads(session);
      expect(native()).toEqual([]);
      const heard: unknown[] = [];
      electron.ipcMain.on('send', (_event, value) => heard.push(value));
      electron.ipcMain.handle('invoke', (_event, value) => value);
      electron.deliver(frame, { kind: 'message', channel: 'send', args: [1] });
      const { answers } = electron.deliver(frame, { kind: 'invoke', channel: 'invoke', args: [2] });
      await vi.waitFor(() => expect(answers).toEqual([{ result: 2 }]));
      expect(heard).toEqual([1]);
      expect(warnings()).toEqual([
        `ringwire: staying on Electron's own IPC. This Electron (${version}) has no event._replyChannel.`,
      ]);
    });
  },
);
