import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Inbox } from '../../lib/electron/renderer/inbox.ts';

function inbox(): { inbox: Inbox; heard: string[]; say: (word: string) => () => void } {
  const heard: string[] = [];
  return { inbox: new Inbox(), heard, say: (word) => () => heard.push(word) };
}

async function heardAtLast(heard: string[], count: number): Promise<string[]> {
  while (heard.length < count) await setImmediate();
  return heard;
}

test('a late message comes before what the ring holds behind a fence that has not come', async () => {
  const { inbox: one, heard, say } = inbox();
  one.begin();
  one.event(say('ring 1'));
  // The ring is read first, however long stock IPC takes.
  one.marker();
  one.event(say('ring 2'));
  one.late(say('late 1'));
  one.late(say('late 2'));
  expect(heard).toEqual(['ring 1', 'late 1', 'late 2']);
  one.outOfBand(say('fence'));
  expect(await heardAtLast(heard, 5)).toEqual(['ring 1', 'late 1', 'late 2', 'fence', 'ring 2']);
});

/** The ring holds two messages, each behind a marker whose message has not come. */
function inboxBehindMarkers(): ReturnType<typeof inbox> {
  const made = inbox();
  const { inbox: one, say } = made;
  one.begin();
  one.marker();
  one.event(say('ring 1'));
  one.marker();
  one.event(say('ring 2'));
  return made;
}

test('a late message comes behind a marker whose message has come', async () => {
  const { inbox: one, heard, say } = inboxBehindMarkers();
  one.outOfBand(say('out of band'));
  one.late(say('late'));
  one.outOfBand(say('fence'));
  expect(await heardAtLast(heard, 5)).toEqual(['out of band', 'ring 1', 'late', 'fence', 'ring 2']);
});

test('what is for the document before waits for nothing', () => {
  const { inbox: one, heard, say } = inbox();
  one.event(say('ring'));
  one.late(say('late'));
  one.outOfBand(say('fence'));
  expect(heard).toEqual(['late', 'fence']);
});

test('what waits is delivered at once when the document is left', () => {
  const { inbox: one, heard, say } = inboxBehindMarkers();
  one.late(say('late'));
  one.flush();
  expect(heard).toEqual(['late', 'ring 1', 'ring 2']);
  one.event(say('ring 3'));
  expect(heard.at(-1)).toBe('ring 3');
});
