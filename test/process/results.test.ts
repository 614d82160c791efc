import { expect, test } from 'vitest';
import { linkToItself } from '../../bench/parts/link-to-itself.ts';
import type { RingwireError } from '../../lib/core/errors.ts';
import { LinkTransport, type MoreListeners } from '../../lib/core/transport.ts';

/** A link of this process to itself: this end sends, the other receives. */
async function pair(): Promise<[near: LinkTransport, far: LinkTransport]> {
  const [near, far] = (await linkToItself()).map((link) => new LinkTransport(link));
  if (!near || !far) throw new Error('no link');
  near.start(
    () => {},
    () => {},
  );
  return [near, far];
}

/** What the far end hears, `m` with the number of a message or `R` with that of a result. */
function listen(
  far: LinkTransport,
  onMessage: (text: string) => void,
): { readonly heard: string[]; all(count: number): Promise<void> } {
  const heard: string[] = [];
  let look = (): void => {};
  const hear = (text: string): void => {
    heard.push(text);
    look();
    onMessage(text);
  };
  const read = (head: Uint8Array, length: number): string =>
    Buffer.from(head.subarray(0, length)).toString();
  const more: MoreListeners = {
    onResult: (length, body) =>
      hear(`R${read(far.result, length)}${body ? ` and ${body.byteLength}` : ''}`),
  };
  far.start(
    (length) => hear(`m${read(far.incoming, length)}`),
    () => {},
    more,
  );
  const all = (count: number): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (heard.length >= count) resolve();
      };
      look();
    });
  return { heard, all };
}

function write(near: LinkTransport, text: string): number {
  const bytes = Buffer.from(text);
  near.outgoing.set(bytes);
  return bytes.length;
}

test('results and messages are heard in the order in which they were sent', async () => {
  const [near, far] = await pair();
  near.send(write(near, '1'), undefined);
  near.sendResult(write(near, '2'), undefined);
  near.sendResult(write(near, '3'), new Uint8Array(1_000_000));
  near.send(write(near, '4'), undefined);
  const { heard, all } = listen(far, () => {});
  await all(4);
  // The third is larger than its ring, so the message behind it need not wait for it.
  expect(heard.filter((text) => text !== 'm4')).toEqual(['m1', 'R2', 'R3 and 1000000']);
  near.close();
});

test('results do not wait for listeners that take long, and keep their own order', async () => {
  const [near, far] = await pair();
  for (let n = 0; n < 100; n++) near.send(write(near, `${n}`), undefined);
  for (let n = 0; n < 10; n++) near.sendResult(write(near, `${n}`), undefined);
  const { heard, all } = listen(far, (text) => {
    const end = performance.now() + 5;
    while (text.startsWith('m') && performance.now() < end);
  });
  await all(110);
  expect(heard.filter((text) => text.startsWith('R'))).toEqual(
    Array.from({ length: 10 }, (_, n) => `R${n}`),
  );
  expect(heard.filter((text) => text.startsWith('m'))).toEqual(
    Array.from({ length: 100 }, (_, n) => `m${n}`),
  );
  expect(heard[0]).toBe('m0');
  expect(heard.at(-1)).toBe('m99');
  near.close();
});

test('results alone do not hold messages up', async () => {
  const [near, far] = await pair();
  for (let n = 0; n < 20; n++) {
    near.send(write(near, `${n}`), undefined);
    near.send(write(near, `${n}`), undefined);
    near.sendResult(write(near, `${n}`), undefined);
  }
  const { heard, all } = listen(far, () => {
    const end = performance.now() + 5;
    while (performance.now() < end);
  });
  await all(60);
  const results = heard.map((text, at) => (text.startsWith('R') ? at : -1)).filter((at) => at >= 0);
  expect(results).toHaveLength(20);
  // Slow results take turns with slow messages.
  expect(results.some((at, n) => n > 0 && at > (results[n - 1] as number) + 1)).toBe(true);
  near.close();
});

test('a result for who asks for none ends the connection as corrupt', async () => {
  const [near, far] = await pair();
  const ended = new Promise<RingwireError>((resolve) => far.start(() => {}, resolve));
  near.sendResult(write(near, '1'), undefined);
  expect(await ended).toMatchObject({ code: 'ERR_RINGWIRE_CORRUPT' });
  expect(() => far.send(0, undefined)).toThrow(
    expect.objectContaining({ code: 'ERR_RINGWIRE_CLOSED' }),
  );
});
