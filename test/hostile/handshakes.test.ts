import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { loadNative } from '../../lib/core/load-native.ts';
import { addressOf } from '../../lib/node/address.ts';
import { connect } from '../../lib/node/connect.ts';
import { rejectionOf } from '../helpers/peers.ts';
import { freshName } from '../helpers/processes.ts';
import { within } from '../helpers/until.ts';
import { allLies, begin, mayChangeUser, nobody, spawnHostile } from './peers.ts';
import { startVictim } from './victim.ts';

const { status } = loadNative();

/** What a connector is told that is told nothing. */
const hangUp = -1;

const verdicts: Readonly<Record<string, number | undefined>> = {
  'another magic': status.BadHandshake,
  'another version': status.VersionMismatch,
  'another size': status.BadHandshake,
  'a guessed token': status.BadToken,
};

const hellos = (allLies().get('hello') ?? []).filter((lie) => lie !== 'nothing wrong');
const offers = allLies().get('offer') ?? [];

/** The verdict that a connector gets. */
async function verdictFor(lie: string, options: { uid?: number } = {}) {
  const victim = await startVictim();
  const child = spawnHostile('hello', addressOf(victim.name), lie, options);
  victim.count();
  begin(child);
  const [said] = await within(once(child.stdout, 'data'), 'the verdict');
  return { ...victim, verdict: Number(said) };
}

test('every wrong hello and offer is one that the peer can make', () => {
  expect(hellos).toEqual(expect.arrayContaining(Object.keys(verdicts)));
  expect(hellos.length).toBeGreaterThan(20);
  expect(offers.length).toBeGreaterThan(20);
});

describe('a connector that lies in its handshake gets no connection', () => {
  test.each(hellos)('%s', async (lie) => {
    const { verdict, server, codes, answersOthers, hasGivenBack } = await verdictFor(lie);
    expect(verdict).toBe(verdicts[lie] ?? hangUp);
    await answersOthers();
    await hasGivenBack();
    expect(server.peers.size).toBe(1);
    expect(codes).toEqual([]);
  });

  test.skipIf(!mayChangeUser)('another user', async () => {
    const lie = 'nothing wrong';
    const { verdict, answersOthers, hasGivenBack, server } = await verdictFor(lie, { uid: nobody });
    expect(verdict).toBe(status.WrongUser);
    await answersOthers();
    await hasGivenBack();
    expect(server.peers.size).toBe(1);
  });

  test('but one that does not lie gets one', async () => {
    expect((await verdictFor('nothing wrong')).verdict).toBe(status.Ok);
  });
});

describe('an acceptor that lies in its handshake is not believed', () => {
  test.each(offers)('%s', async (lie) => {
    const { answersOthers, count, hasGivenBack } = await startVictim();
    const name = freshName();
    const child = spawnHostile('offer', addressOf(name), lie);
    await within(once(child.stdout, 'data'), 'the listener');
    count();
    const { code } = await rejectionOf(within(connect(name), 'the end of the attempt'));
    expect(code).toBe('ERR_RINGWIRE_HANDSHAKE');
    await answersOthers();
    await hasGivenBack();
  });
});
