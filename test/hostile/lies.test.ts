import { describe, expect, test } from 'vitest';
import type { Peer } from '../../lib/core/peer.ts';
import { addressOf } from '../../lib/node/address.ts';
import { thrownBy } from '../helpers/peers.ts';
import { until, within } from '../helpers/until.ts';
import { allLies, begin, spawnHostile } from './peers.ts';
import { startVictim } from './victim.ts';

/** Asks the peer that lies. */
type Ask = (peer: Peer) => unknown;

const call: Ask = (peer) => peer.sendSyncWith({ timeout: 1000 }, 'question');

/** Lies that need a call to be read, and those that tell nothing that matters. */
const asked: Readonly<Record<string, Ask>> = {
  'a tail of answers between two words': call,
  'an answer that does not begin': call,
  'an answer that is no message': call,
  'an answer that is an event': call,
};

const harmless: Readonly<Record<string, RegExp>> = {
  'an answer to a call that nobody made': /_TIMEOUT$/,
  'flags that flap': /_(TIMEOUT|DEADLOCK|CLOSED)$/,
  'a button that is always pressed': /_TIMEOUT$/,
  'an answer to nothing': /_TIMEOUT$/,
  'a failure of nothing': /_TIMEOUT$/,
  'an end of nothing': /_TIMEOUT$/,
};

const otherCodes: Readonly<Record<string, string>> = {
  'a body that does not come before the end': 'ERR_RINGWIRE_PEER_GONE',
};

const lies = [...allLies()]
  .filter(([where]) => where === 'ring' || where === 'message' || where === 'parcel')
  .flatMap(([, those]) => those);

test('every lie is one that the peer can tell', () => {
  expect(lies).toEqual(expect.arrayContaining([...Object.keys(asked), ...Object.keys(harmless)]));
  expect(lies.length).toBeGreaterThan(80);
});

/** Starts a peer that lies, as soon as everything is counted. */
async function meet(what: string, lie: string) {
  const victim = await startVictim();
  const child = spawnHostile(what, addressOf(victim.name), lie);
  const liar = new Promise<Peer>((resolve) => victim.server.onPeer(resolve));
  victim.count();
  begin(child);
  return { ...victim, child, liar: await within(liar, 'the peer that lies') };
}

describe('a peer with a link that lies ends its own connection, once, and no other', () => {
  const ending = lies.filter((lie) => !Object.hasOwn(harmless, lie));

  test.each(ending)('%s', async (lie) => {
    const { codes, liar, answersOthers, hasGivenBack, server } = await meet('link', lie);
    const ask = asked[lie];
    if (ask) expect(thrownBy(() => ask(liar)).code).toBe('ERR_RINGWIRE_CORRUPT');
    await until(() => codes.length > 0, 'it has ended');
    expect(thrownBy(() => liar.send('more')).code).toBe(codes[0]);
    await answersOthers();
    await hasGivenBack();
    expect(codes).toEqual([otherCodes[lie] ?? 'ERR_RINGWIRE_CORRUPT']);
    expect(server.peers.size).toBe(1);
  });
});

describe('a peer with a link that tells what does not matter harms nobody', () => {
  test.each(Object.entries(harmless))('%s', async (lie, answer) => {
    const { child, codes, liar, answersOthers, hasGivenBack } = await meet('link', lie);
    await answersOthers();
    const question = () => liar.sendSyncWith({ timeout: 100 }, 'question');
    expect(thrownBy(question).code).toMatch(answer);
    await answersOthers();
    expect(codes).toEqual([]);
    child.kill('SIGKILL');
    await until(() => codes.length > 0, 'it has ended');
    await hasGivenBack();
    expect(codes).toEqual([expect.stringMatching(/_(PEER_GONE|CLOSED)$/)]);
  });
});

test('a handshake of a byte now and then is waited for, and what follows it is not believed', async () => {
  const { codes, answersOthers, hasGivenBack } = await meet('link-slowly', 'a record of kind 0');
  await until(() => codes.length > 0, 'it has ended');
  await answersOthers();
  await hasGivenBack();
  expect(codes).toEqual(['ERR_RINGWIRE_CORRUPT']);
});
