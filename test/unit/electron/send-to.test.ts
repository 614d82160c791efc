import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NativeListenerOptions } from '../../../lib/core/native.ts';
import type { FrameLink } from '../../../lib/electron/main/frames/frame-link.ts';
import type { ExpectedSender, Introduction } from '../../../lib/electron/protocol.ts';
import { MemoryTransport } from '../../helpers/memory-transport.ts';

const { contents, listening } = vi.hoisted(() => ({
  contents: new Map<unknown, object>(),
  listening: { options: undefined as NativeListenerOptions | undefined },
}));

vi.mock('electron', () => ({ webContents: { fromId: (id: unknown) => contents.get(id) } }));
vi.mock('../../../lib/core/native.ts', () => ({
  nativeAddon: () => ({
    randomBytes: (length: number) => randomBytes(length),
    limits: { minCapacity: 65_536 },
    listen: (_address: string, options: NativeListenerOptions) => {
      listening.options = options;
      return {};
    },
  }),
}));
vi.mock('../../../lib/core/transport.ts', () => ({
  LinkTransport: class {
    constructor(native: object) {
      // biome-ignore lint/correctness/noConstructorReturn: stands for the class it is put around
      return native;
    }
  },
}));

const warnings: string[] = [];

beforeEach(() => {
  warnings.length = 0;
  vi.resetModules();
  vi.spyOn(console, 'warn').mockImplementation((text) => void warnings.push(String(text)));
});
afterEach(() => {
  contents.clear();
  vi.restoreAllMocks();
});

/** A window with a ring, as the broker sees it. */
function windowWith(id: number) {
  const mainFrame = { processId: id, routingId: 1 };
  const webContents = { id, mainFrame, isDestroyed: () => false };
  contents.set(id, webContents);
  const asked: ExpectedSender[] = [];
  const link = {
    from: { webContents, osProcessId: 1000 + id, processId: id, frameId: 1 },
    fence() {},
    trySend: (_channel: string, [, sender]: [string, ExpectedSender]) => asked.push(sender) > 0,
  };
  return { id, mainFrame, asked, link: link as unknown as FrameLink };
}

describe('introductions for sendTo', () => {
  async function introducing() {
    const { SendToBroker } = await import('../../../lib/electron/main/frames/send-to-broker.ts');
    const windows = [1, 2, 3].map(windowWith) as [Window, Window, Window];
    const broker = new SendToBroker(
      (frame) => windows.find(({ mainFrame }) => mainFrame === (frame as unknown))?.link,
      () => 'address',
    );
    const introduce = (from: Window, to: Window): (Introduction | null)[] => {
      const answers: (Introduction | null)[] = [];
      const request = ['introduce', to.id, false];
      broker.introduce(from.link, request, (answer) => answers.push(answer as null));
      return answers;
    };
    return { broker, windows, introduce };
  }
  type Window = ReturnType<typeof windowWith>;

  test('of one frame wait, 256 of them; what comes beyond goes by stock IPC', async () => {
    const { broker, windows, introduce } = await introducing();
    const [one, target, other] = windows;
    const waiting = Array.from({ length: 256 }, () => introduce(one, target));
    expect(waiting.every((answers) => answers.length === 0)).toBe(true);
    expect(warnings).toEqual([]);
    expect(introduce(one, target)).toEqual([null]);
    expect(introduce(one, other)).toEqual([null]);
    expect(target.asked).toHaveLength(256);
    expect(warnings).toEqual([expect.stringMatching(/sendTo .* 256 introductions/)]);
    // Others have their own.
    expect(introduce(other, target)).toEqual([]);
    broker.accepting(target.link, target.asked[0]?.token, true);
    expect(waiting[0]).toEqual([{ address: 'address', token: target.asked[0]?.token }]);
    expect(introduce(one, target)).toEqual([]);
  });

  test('are forgotten with either frame', async () => {
    const { broker, windows, introduce } = await introducing();
    const [one, target, other] = windows;
    for (let i = 0; i < 256; i++) introduce(one, target);
    broker.ended(one.link);
    expect(introduce(one, target)).toEqual([]);
    const left = introduce(other, target);
    broker.ended(target.link);
    expect(left).toEqual([null]);
  });

  test('are accepted by their target, and nobody else', async () => {
    const { broker, windows, introduce } = await introducing();
    const [one, target, other] = windows;
    const answers = introduce(one, target);
    const token = target.asked[0]?.token;
    broker.accepting(other.link, token, true);
    broker.accepting(one.link, token, true);
    broker.accepting(target.link, 'guessed', true);
    expect(answers).toEqual([]);
    broker.accepting(target.link, token, true);
    expect(answers).toEqual([{ address: 'address', token }]);
    broker.accepting(target.link, token, true);
    expect(answers).toHaveLength(1);
  });

  test('name the sender as main knows it', async () => {
    const { windows, introduce } = await introducing();
    const [one, target] = windows;
    introduce(one, target);
    expect(target.asked[0]).toMatchObject({
      osProcessId: 1001,
      senderId: 1,
      senderIsMainFrame: true,
    });
  });
});

describe('senders that a frame expects', () => {
  const token = (n: number) => n.toString(16).padStart(64, '0');
  const sender = (n: number): ExpectedSender => ({
    address: 'address',
    token: token(n),
    osProcessId: 1000 + n,
    senderId: n,
    senderIsMainFrame: true,
  });
  const bytes = (n: number) => Uint8Array.from(Buffer.from(token(n), 'hex'));
  const admits = (n: number, processId = 1000 + n) =>
    listening.options?.authorize(bytes(n), processId);

  async function expecting(count: number) {
    const { SendToListener } = await import('../../../lib/electron/renderer/send-to-listener.ts');
    const listener = new SendToListener('structured', () => {});
    for (let n = 0; n < count; n++) expect(listener.announce(sender(n))).toBe(true);
  }

  function connect(n: number): MemoryTransport {
    const [ours] = MemoryTransport.pair();
    listening.options?.onLink(ours as never, bytes(n));
    return ours;
  }

  test('are 64; the oldest has to give way, and the console says so once', async () => {
    await expecting(64);
    expect(admits(0)).toBe(true);
    expect(warnings).toEqual([]);
    await expecting(66);
    expect([admits(0), admits(1), admits(2), admits(65)]).toEqual([false, false, true, true]);
    expect(warnings).toEqual([expect.stringMatching(/sendTo of some frames .* 64 were announced/)]);
  });

  test('make room when they connect', async () => {
    await expecting(64);
    expect(connect(0).ended).toBe(false);
    expect(admits(1)).toBe(true);
  });

  test('connect once, each from its own process', async () => {
    await expecting(2);
    expect(admits(0, 1001)).toBe(false);
    const first = connect(0);
    expect(admits(0)).toBe(false);
    const second = connect(0);
    expect([first.ended, second.ended]).toEqual([false, true]);
  });
});
