import type { ChildProcess } from 'node:child_process';
import { describe, expectTypeOf, it } from 'vitest';
import {
  connect,
  createSharedBuffer,
  type Fork,
  fork,
  type InvokeEvent,
  type Listeners,
  listen,
  type Peer,
  type PeerEvent,
  parent,
  RingwireError,
  type RingwireErrorCode,
  type Server,
  type SharedBuffer,
} from '../../lib/index.ts';

declare const peer: Peer;
declare const server: Server;

describe('connections', () => {
  it('connect, listen, fork and parent are asynchronous', () => {
    expectTypeOf(connect).returns.resolves.toEqualTypeOf<Peer>();
    expectTypeOf(parent).returns.resolves.toEqualTypeOf<Peer>();
    expectTypeOf(listen).returns.resolves.toEqualTypeOf<Server>();
    expectTypeOf(fork).returns.resolves.toEqualTypeOf<Fork>();
    expectTypeOf<Fork>().toEqualTypeOf<{
      readonly child: ChildProcess;
      readonly peer: Peer;
    }>();
  });

  it('options are optional, and misspelt ones are refused', () => {
    expectTypeOf(connect).toBeCallableWith('name');
    expectTypeOf(connect).toBeCallableWith('name', { token: 'secret', timeout: 1000 });
    expectTypeOf(listen).toBeCallableWith('name', { capacity: 65536, codec: 'json' });
    // @ts-expect-error: there is no such option
    connect('name', { deadline: 1000 });
    // @ts-expect-error: there is no such codec
    listen('name', { codec: 'xml' });
  });

  it('fork takes the options of child_process.fork too', () => {
    expectTypeOf(fork).toBeCallableWith(new URL('file:///worker.mjs'), ['--fast'], {
      cwd: '/',
      stdio: 'pipe',
      queueLimit: 1_000_000,
    });
    expectTypeOf(fork).toBeCallableWith('worker.mjs', { cwd: '/', capacity: 65536 });
  });

  it('a peer says whether it is connected, and can be used up', () => {
    expectTypeOf(peer.connected).toEqualTypeOf<boolean>();
    expectTypeOf(peer[Symbol.dispose]).toEqualTypeOf<() => void>();
    expectTypeOf(server[Symbol.asyncDispose]).toEqualTypeOf<() => Promise<void>>();
  });

  it('a peer and a server have the methods of ipcMain', () => {
    expectTypeOf(peer).toExtend<Listeners>();
    expectTypeOf(server).toExtend<Listeners>();
    expectTypeOf(server.peers).toEqualTypeOf<ReadonlySet<Peer>>();
    expectTypeOf(peer.closed).resolves.toEqualTypeOf<RingwireError>();
  });
});

describe('messages', () => {
  it('channels are strings', () => {
    // @ts-expect-error: a number is no channel
    peer.send(1);
    // @ts-expect-error: a symbol is no channel
    peer.on(Symbol('channel'), () => {});
  });

  it('what comes back is unknown until the caller says what it is', () => {
    expectTypeOf(peer.sendSync('channel')).toBeUnknown();
    expectTypeOf(peer.sendSync<number>('channel', 1)).toBeNumber();
    expectTypeOf(peer.invoke('channel')).resolves.toBeUnknown();
    expectTypeOf(peer.invoke<string>('channel', {})).resolves.toBeString();
    expectTypeOf(peer.sendSyncWith<boolean>({ timeout: 5 }, 'channel')).toBeBoolean();
    expectTypeOf(peer.send('channel', 1, 'two')).toBeVoid();
  });

  it('listeners and handlers state the types they expect', () => {
    peer.on('sum', (event, a: number, b: number) => {
      expectTypeOf(event).toEqualTypeOf<PeerEvent>();
      event.returnValue = a + b;
    });
    server.handle('sum', async (event, a: number, b: number) => {
      expectTypeOf(event).toEqualTypeOf<InvokeEvent>();
      expectTypeOf(event.sender).toEqualTypeOf<Peer>();
      expectTypeOf(event.signal).toEqualTypeOf<AbortSignal>();
      return a + b;
    });
  });

  it('methods that add listeners can be chained', () => {
    expectTypeOf(peer.on('a', () => {}).once('b', () => {})).toEqualTypeOf<Peer>();
    expectTypeOf(server.unref().off('a', () => {})).toEqualTypeOf<Server>();
  });
});

describe('shared buffers', () => {
  it('are made with a length, and give an ArrayBuffer and its bytes', () => {
    expectTypeOf(createSharedBuffer).toEqualTypeOf<(byteLength: number) => SharedBuffer>();
    expectTypeOf<SharedBuffer['buffer']>().toEqualTypeOf<ArrayBuffer>();
    expectTypeOf<SharedBuffer['bytes']>().toEqualTypeOf<Uint8Array>();
    expectTypeOf<SharedBuffer>().toHaveProperty('byteLength').toBeNumber();
    expectTypeOf<SharedBuffer>().toHaveProperty('closed').toBeBoolean();
    expectTypeOf<SharedBuffer['close']>().returns.toBeVoid();
  });

  it('wait with a timeout, and notify all', () => {
    expectTypeOf<SharedBuffer['wait']>().parameters.toEqualTypeOf<[number, number, number]>();
    expectTypeOf<SharedBuffer['wait']>().returns.toEqualTypeOf<'ok' | 'not-equal' | 'timed-out'>();
    expectTypeOf<SharedBuffer['notify']>().toBeCallableWith(0);
    expectTypeOf<SharedBuffer['notify']>().toBeCallableWith(0, 1);
    expectTypeOf<SharedBuffer['notify']>().returns.toBeNumber();
  });
});

describe('errors', () => {
  it('a RingwireError is an Error with one of the documented codes', () => {
    expectTypeOf<RingwireError>().toExtend<Error>();
    expectTypeOf<RingwireError['code']>().toEqualTypeOf<RingwireErrorCode>();
    expectTypeOf<'ERR_RINGWIRE_TIMEOUT'>().toExtend<RingwireErrorCode>();
    expectTypeOf<'ERR_RINGWIRE_SOMETHING'>().not.toExtend<RingwireErrorCode>();
    expectTypeOf(RingwireError).instance.toEqualTypeOf<RingwireError>();
  });
});
