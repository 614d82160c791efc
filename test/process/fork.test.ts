import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectPeer } from '../../lib/node/connect.ts';
import { fork, parent } from '../../lib/node/fork.ts';
import { nextMessage, rejectionOf } from '../helpers/peers.ts';
import { exitOf, fixture, forkFixture, startFixture } from '../helpers/processes.ts';

const withCode = (code: string) => expect.objectContaining({ name: 'RingwireError', code });

describe('fork', () => {
  test('connects to the child that it started', async () => {
    const { child, peer } = await forkFixture('echo');
    expect(await nextMessage(peer, 'ready')).toEqual([child.pid]);
    expect(peer.processId).toBe(child.pid);
    expect(await peer.invoke('echo', 1)).toEqual([1]);
    expect(peer.sendSync('echo', 2)).toEqual([2]);
  });

  test('passes environment and arguments, and the child forgets the address', async () => {
    const env = { ...process.env, ONE_MORE: '1' };
    const { peer } = await forkFixture('echo', { env });
    const names = await peer.invoke<string[]>('environment');
    expect(names).toContain('ONE_MORE');
    expect(names.filter((name) => name.startsWith('RINGWIRE_P'))).toEqual([]);
    expect(Object.keys(process.env).filter((name) => name.startsWith('RINGWIRE_P'))).toEqual([]);
  });

  test('asks for an experimental platform in the child, too, whatever environment that gets', async () => {
    vi.stubEnv('RINGWIRE_EXPERIMENTAL', '1');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { RINGWIRE_EXPERIMENTAL: _asked, ...env } = process.env;
    const { peer } = await forkFixture('echo', { env });
    expect(await peer.invoke<string[]>('environment')).toContain('RINGWIRE_EXPERIMENTAL');
  });

  test('gives every child a connection of its own', async () => {
    const forks = await Promise.all([1, 2, 3].map(() => forkFixture('echo')));
    const answers = await Promise.all(forks.map(({ peer }, i) => peer.invoke('echo', i)));
    expect(answers).toEqual([[0], [1], [2]]);
    expect(new Set(forks.map(({ peer }) => peer.processId)).size).toBe(3);
  });

  test('lets nobody use what the child was invited with once more', async () => {
    const { peer } = await forkFixture('parent-address');
    const invitation = await peer.invoke<string>('invitation');
    const [address = '', token = ''] = invitation.split(' ');
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const again = connectPeer(address, Buffer.from(token, 'hex'), {});
    expect((await rejectionOf(again)).code).toMatch(/_(NO_LISTENER|BAD_TOKEN)$/);
    expect(await peer.invoke('invitation')).toBe(invitation);
  });

  test('delivers what a child sent before it ended', async () => {
    const { peer } = await forkFixture('last-words');
    const words: number[] = [];
    peer.on('word', (_, i) => words.push(i));
    await peer.closed;
    expect(words).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  test('rejects when the child ends without calling parent()', async () => {
    const error = await rejectionOf(fork(fixture('no-parent'), [], { stdio: 'ignore' }));
    expect(error).toEqual(withCode('ERR_RINGWIRE_CHILD_EXITED'));
    expect(error.message).toContain('exit code 7');
  });

  test('rejects when there is no such module', async () => {
    const attempt = fork(fixture('nothing-here'), [], { stdio: 'ignore' });
    expect(await rejectionOf(attempt)).toEqual(withCode('ERR_RINGWIRE_CHILD_EXITED'));
  });

  test('rejects when the child cannot be started', async () => {
    const attempt = fork(fixture('echo'), [], { execPath: '/nothing/here' });
    const error = await rejectionOf(attempt);
    expect(error).toEqual(withCode('ERR_RINGWIRE_SYSTEM'));
    expect(error.cause.code).toBe('ENOENT');
  });

  test('kills a child that does not connect in time', async () => {
    const attempt = fork(fixture('worker'), [], {
      stdio: 'ignore',
      execArgv: ['--inspect-brk=0'],
      connectTimeout: 50,
    });
    expect(await rejectionOf(attempt)).toEqual(withCode('ERR_RINGWIRE_TIMEOUT'));
  });

  test('rejects with the reason of a signal, as child_process.fork does', async () => {
    const signal = AbortSignal.abort();
    const error = await rejectionOf(fork(fixture('echo'), [], { stdio: 'ignore', signal }));
    expect(error.name).toBe('AbortError');
  });

  test('lets the child end with the connection', async () => {
    const forked = await forkFixture('echo');
    await nextMessage(forked.peer, 'ready');
    forked.child.disconnect();
    forked.peer.close();
    expect(await exitOf(forked)).toEqual([0, null]);
  });
});

describe('parent', () => {
  test('rejects in a process that fork did not start', async () => {
    const { stdout } = await startFixture('not-forked');
    expect(stdout).toBe('ERR_RINGWIRE_NOT_FORKED');
    expect(await rejectionOf(parent())).toEqual(withCode('ERR_RINGWIRE_NOT_FORKED'));
  });
});
