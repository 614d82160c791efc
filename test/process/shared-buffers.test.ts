import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadNative } from '../../lib/core/load-native.ts';
import { MessageKind, writeHead } from '../../lib/core/message-head.ts';
import type { NativeLink } from '../../lib/core/native.ts';
import type { Peer } from '../../lib/core/peer.ts';
import { createSharedBuffer, type SharedBuffer } from '../../lib/core/shared-buffer.ts';
import type { PeerOptions } from '../../lib/core/types.ts';
import { addressOf, tokenBytes } from '../../lib/node/address.ts';
import { collectGarbage } from '../helpers/garbage.ts';
import { nextMessage, thrownBy } from '../helpers/peers.ts';
import { fixture, forkFixture, listenFresh } from '../helpers/processes.ts';
import { dishonest } from '../helpers/system.ts';
import { until, within } from '../helpers/until.ts';

/** Closed when the test is finished. */
function shared(size: number, first = 0): SharedBuffer {
  const buffer = createSharedBuffer(size);
  onTestFinished(() => buffer.close());
  buffer.bytes[0] = first;
  return buffer;
}

/** Made here, closed when the test is finished. */
function received(value: unknown): SharedBuffer {
  const buffer = value as SharedBuffer;
  onTestFinished(() => buffer.close());
  return buffer;
}

/** The sharer as a worker thread of this process: a context of its own. */
async function startThread(options: PeerOptions): Promise<{ peer: Peer; worker: Worker }> {
  const [name, server] = await listenFresh(options);
  const ready = new Promise<Peer>((resolve) => server.onPeer(resolve));
  const worker = new Worker(fixture('sharer'), { workerData: { name, options } });
  onTestFinished(() => void worker.terminate());
  return { peer: await ready, worker };
}

const codeOf = (run: () => unknown): string | undefined => thrownBy(run).code;

describe('a shared buffer', () => {
  test('is the same memory on the other side', async () => {
    const { peer } = await forkFixture('sharer');
    const buffer = shared(1_000_000, 7);
    expect(await peer.invoke('keep', buffer)).toBe(7);
    await peer.invoke('write', 999_999, 8);
    expect(buffer.bytes[999_999]).toBe(8);
    buffer.bytes[1] = 9;
    expect(await peer.invoke('read', 1)).toBe(9);
  });

  test('comes back in the answer of invoke and of sendSync', async () => {
    const { peer } = await forkFixture('sharer');
    const { list } = (await peer.invoke('make', 100)) as { list: unknown[] };
    const invoked = received(list[0]);
    expect([invoked.byteLength, invoked.bytes.length, invoked.bytes[0]]).toEqual([100, 100, 11]);
    invoked.bytes[1] = 5;
    expect(await peer.invoke('read', 1)).toBe(5);
    expect(received(peer.sendSync('make', 10)).bytes[0]).toBe(12);
  });

  test('that comes back is the very object, on either side', async () => {
    const { peer } = await forkFixture('sharer');
    const buffer = shared(10);
    await peer.invoke('keep', buffer);
    expect(await peer.invoke('is kept', buffer)).toBe(true);
    const echoed = nextMessage(peer, 'echoed');
    peer.send('echo', buffer, 1, [buffer]);
    const [first, , [again]] = (await echoed) as [unknown, unknown, [unknown]];
    expect(first === buffer && again === buffer).toBe(true);
  });

  test.each(['structured', 'json', 'msgpack'] as const)(
    'keeps its place among others: %s',
    async (codec) => {
      const { peer } = await startThread({ codec });
      const echoed: unknown[] = [];
      peer.on('echoed', (_event, ...args) => echoed.push(args));
      const buffers = [shared(1), shared(2)];
      const large = 'x'.repeat(10_000);
      peer.send('echo', 1);
      peer.send('echo', large, buffers[0], 2, buffers[1]);
      peer.send('echo', 3);
      await until(() => echoed.length === 3, 'all came back');
      expect(echoed[0]).toEqual([1]);
      const [text, first, number, second] = echoed[1] as unknown[];
      expect([text === large, number]).toEqual([true, 2]);
      expect([first === buffers[0], second === buffers[1]]).toEqual([true, true]);
      expect(echoed[2]).toEqual([3]);
    },
  );

  test('made by another copy of the package goes the same way, and comes back as itself', async () => {
    const bundled = createRequire(import.meta.url)(
      'ringwire',
    ) as typeof import('../../lib/index.ts');
    expect(bundled.createSharedBuffer).not.toBe(createSharedBuffer);
    const buffer = received(bundled.createSharedBuffer(10));
    buffer.bytes[0] = 6;
    const { peer } = await forkFixture('sharer');
    expect(await peer.invoke('keep', buffer)).toBe(6);
    const echoed = nextMessage(peer, 'echoed');
    peer.send('echo', buffer);
    expect((await echoed)[0] === buffer).toBe(true);
  });

  test('of 64 MB costs a small message', async () => {
    const { peer } = await forkFixture('sharer');
    const buffer = shared(64 * 1024 * 1024);
    peer.queueLimit = 0;
    expect(await peer.invoke('keep', buffer)).toBe(0);
    expect(peer.queuedBytes).toBe(0);
  });

  test('survives garbage collection, and so does everything beside it', async () => {
    const { peer } = await forkFixture('sharer', { execArgv: ['--expose-gc'] });
    for (let i = 1; i <= 200; i++) {
      const buffer = createSharedBuffer((i % 30) * 65_536 + i);
      buffer.bytes.fill(i);
      const garbage = new Uint8Array(200_000).fill(i);
      if (i % 10 === 0) collectGarbage();
      expect(await peer.invoke('ends', buffer)).toEqual([i, i]);
      buffer.close();
      expect(garbage[199_999]).toBe(i);
    }
  });

  test('keeps its memory when all but the memory is forgotten', async () => {
    const { peer } = await forkFixture('sharer');
    const { buffer } = await (async () => {
      const made = createSharedBuffer(10);
      await peer.invoke('keep', made);
      return made;
    })();
    for (let i = 0; i < 5; i++) {
      collectGarbage();
      await new Promise(setImmediate);
    }
    await peer.invoke('write', 3, 7);
    expect(new Uint8Array(buffer)[3]).toBe(7);
  });

  test('outlives the process that made it', async () => {
    const { peer } = await forkFixture('sharer');
    const { list } = (await peer.invoke('make', 100_000)) as { list: unknown[] };
    const buffer = received(list[0]);
    expect(buffer.bytes[0]).toBe(11);
    peer.send('kill');
    await within(peer.closed, 'the end of the peer');
    buffer.bytes.fill(3);
    expect(buffer.bytes[99_999]).toBe(3);
  });

  test('that came but was not opened can be opened when its sender is dead', async () => {
    const { peer } = await forkFixture('sharer');
    const { list } = (await peer.invoke('make', 10)) as { list: unknown[] };
    peer.send('kill');
    await within(peer.closed, 'the end of the peer');
    expect(received(list[0]).bytes[0]).toBe(11);
  });

  test('outlives the worker thread that made it', async () => {
    const { peer, worker } = await startThread({});
    const { list } = (await peer.invoke('make', 100)) as { list: unknown[] };
    const buffer = received(list[0]);
    buffer.bytes[1] = 1;
    await worker.terminate();
    expect([...buffer.bytes.subarray(0, 2)]).toEqual([11, 1]);
  });

  test('wakes who waits in another process', async () => {
    const { peer } = await forkFixture('sharer');
    const buffer = shared(4);
    await peer.invoke('keep', buffer);
    const woken = peer.invoke('wait', 60_000);
    await until(() => buffer.notify(0, 1) === 1, 'somebody waits');
    expect(await woken).toBe('ok');
    expect(await peer.invoke('wait', 0)).toBe('timed-out');
    new Int32Array(buffer.buffer)[0] = -1;
    expect(await peer.invoke('wait', 60_000)).toBe('not-equal');
    expect(buffer.wait(0, -1, 1)).toBe('timed-out');
    expect(buffer.notify(0)).toBe(0);
  });
});

describe('a closed shared buffer', () => {
  test('is detached, says so, and leaves the other side alone', async () => {
    const { peer } = await forkFixture('sharer');
    const buffer = createSharedBuffer(10);
    buffer.bytes[0] = 7;
    await peer.invoke('keep', buffer);
    const { buffer: stale, bytes } = buffer;
    buffer.close();
    buffer.close();
    expect([buffer.closed, stale.byteLength, bytes.length]).toEqual([true, 0, 0]);
    const uses = [
      () => buffer.buffer,
      () => buffer.bytes,
      () => buffer.wait(0, 0, 0),
      () => buffer.notify(0),
      () => peer.send('echo', buffer),
      () => peer.sendSync('echo', buffer),
    ];
    expect(new Set(uses.map(codeOf))).toEqual(new Set(['ERR_RINGWIRE_BUFFER_CLOSED']));
    expect(await peer.invoke('read', 0)).toBe(7);
  });

  test('that comes again is another one', async () => {
    const { peer } = await forkFixture('sharer');
    const { list } = (await peer.invoke('make', 10)) as { list: [SharedBuffer] };
    list[0].bytes[1] = 4;
    list[0].close();
    const echoed = nextMessage(peer, 'echoed');
    const again = createSharedBuffer(1);
    peer.send('echo', again);
    again.close();
    expect(received((await echoed)[0]).bytes[0]).toBe(0);
  });
});

describe('a shared buffer is refused', () => {
  test.each([0, -1, 1.5, Number.NaN, 2 ** 30 + 1, '10', undefined])(
    'with the length %s',
    (length) => {
      expect(codeOf(() => createSharedBuffer(length as number))).toBe(
        'ERR_RINGWIRE_INVALID_ARGUMENT',
      );
    },
  );

  test('by everything that would copy it', async () => {
    const { peer } = await forkFixture('sharer');
    const buffer = shared(1);
    const copies = [
      () => structuredClone(buffer),
      () => JSON.stringify({ buffer }),
      () => peer.send('echo', new Map([[1, buffer]])),
      () => peer.send('echo', { buffer, more: new Set() }),
    ];
    expect(new Set(copies.map(codeOf))).toEqual(new Set(['ERR_RINGWIRE_NOT_SHAREABLE']));
    const { byteLength } = buffer.buffer;
    for (const transfer of [
      () => structuredClone(buffer.buffer, { transfer: [buffer.buffer] }),
      () => new MessageChannel().port1.postMessage(buffer.buffer, [buffer.buffer]),
    ]) {
      try {
        transfer();
      } catch {}
      expect(buffer.buffer.byteLength).toBe(byteLength);
    }
  });

  test.each<[string, (buffer: SharedBuffer) => unknown]>([
    ['an index beyond the end', (it) => it.wait(2, 0, 0)],
    ['an index before the beginning', (it) => it.notify(-1)],
    ['a value of more than 32 bits', (it) => it.wait(0, 2 ** 32, 0)],
    ['no timeout', (it) => it.wait(0, 0, undefined as unknown as number)],
    ['a count below 0', (it) => it.notify(0, -1)],
  ])('%s', (_title, use) => {
    expect(codeOf(() => use(shared(11)))).toBe('ERR_RINGWIRE_INVALID_ARGUMENT');
  });

  test('when too many are open, until one is closed', () => {
    const open: SharedBuffer[] = [];
    const makeAll = (): void => {
      while (open.length <= 64) open.push(shared(1));
    };
    expect(codeOf(makeAll)).toBe('ERR_RINGWIRE_BUFFER_LIMIT');
    open[0]?.close();
    shared(1);
  });

  test('when a peer sends too many, until they are closed or forgotten', async () => {
    const { peer } = await forkFixture('sharer');
    const given: SharedBuffer[] = [];
    peer.handle('given', (_event, buffer) => {
      given.push(buffer as SharedBuffer);
    });
    await peer.invoke('flood', 33);
    expect(codeOf(() => given[32]?.buffer)).toBe('ERR_RINGWIRE_BUFFER_LIMIT');
    for (const buffer of given.splice(0)) buffer.close();
    await peer.invoke('flood', 32);
    expect(given[31]?.bytes[0]).toBe(0);
    given.pop()?.close();
    // These were never opened.
    given.splice(0);
    const hasRoom = async (): Promise<boolean> => {
      collectGarbage();
      await new Promise(setImmediate);
      await peer.invoke('flood', 2);
      return given.splice(0).every((buffer) => {
        try {
          return buffer.bytes[0] === 0;
        } catch {
          return false;
        } finally {
          buffer.close();
        }
      });
    };
    while (!(await hasRoom()));
  });
});

describe('a hostile peer', () => {
  const size = 100_000;

  async function hostile(): Promise<{ link: NativeLink; ended: Promise<{ code: string }> }> {
    const [name, server] = await listenFresh();
    const ended = new Promise<{ code: string }>((resolve) => {
      server.onPeer((peer) => peer.closed.then(resolve));
    });
    const link = await new Promise<NativeLink>((resolve) => {
      loadNative().connect(addressOf(name), tokenBytes(undefined), (result) => {
        resolve(result as NativeLink);
      });
    });
    onTestFinished(() => link.close());
    return { link, ended };
  }

  /** Mentions a ticket in a message, as an honest peer does. */
  function mention(link: NativeLink, ticket: number): void {
    const at = writeHead(link.outgoing, MessageKind.Event, 0, 'x');
    link.outgoing.set([1, 1, 15, ticket, 0, 0, 0], at);
    loadNative().send(link.number, at + 7, undefined);
  }

  test.each<[string, (link: NativeLink) => number]>([
    ['hands nothing over', () => 0],
    [
      'hands over memory that it could shrink',
      (link) => link.sendParcel(1, dishonest.memory(131_072), size),
    ],
    ['hands over no memory at all', (link) => link.sendParcel(1, dishonest.nothing(), size)],
    [
      'hands over less than it says',
      (link) => {
        const { handle } = loadNative().createSharedMemory(10);
        return link.sendParcel(1, handle, size);
      },
    ],
    [
      'hands over more than anybody may',
      (link) => link.sendParcel(1, dishonest.memory(1), 2 ** 40),
    ],
    [
      'hands over under another ticket',
      (link) => {
        const { handle } = loadNative().createSharedMemory(size);
        return link.sendParcel(2, handle, size);
      },
    ],
  ])('that %s loses its connection', async (_title, handOver) => {
    const { link, ended } = await hostile();
    expect(handOver(link)).toBe(0);
    mention(link, 1);
    expect((await within(ended, 'the end')).code).toBe('ERR_RINGWIRE_CORRUPT');
  });

  test('that fills the socket is stopped, and harms nobody', async () => {
    const { link, ended } = await hostile();
    const memory = loadNative().createSharedMemory(size);
    let status = 0;
    for (let i = 0; status === 0 && i < 100_000; i++) {
      status = link.sendParcel(i, memory.handle, size);
    }
    expect(status).toBe(loadNative().status.QueueFull);
    mention(link, 1);
    link.close();
    expect((await within(ended, 'the end')).code).toBe('ERR_RINGWIRE_CLOSED');
  });
});
