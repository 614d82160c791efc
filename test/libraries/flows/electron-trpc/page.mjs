import { createTRPCProxyClient } from '@trpc/client';
import { ipcLink } from 'electron-trpc/renderer';
import { onGo } from '#journal';

const client = createTRPCProxyClient({ links: [ipcLink()] });

onGo('page', async ({ log, attempt }) => {
  if (performance.getEntriesByType('navigation')[0].type === 'reload') {
    await attempt('reloaded', () => client.greet.query('again'));
    return;
  }
  await attempt('greet', () => client.greet.query('page'));
  await attempt('later', () => client.later.query(7));
  await attempt('thirty', async () => {
    const calls = Array.from({ length: 30 }, (_, n) => client.later.query(n + 1));
    return (await Promise.all(calls)).every(({ square }, n) => square === (n + 1) ** 2);
  });
  await attempt('add', () => client.notes.add.mutate('write tests'));
  const failure = (call) =>
    call().catch(({ name, message, data }) => {
      const { stack: _, ...rest } = data;
      return { name, message, data: rest };
    });
  await attempt('bad input', () => failure(() => client.greet.query(3)));
  await attempt('missing', () => failure(() => client.notes.missing.query()));
  await attempt('bug', () => failure(() => client.bug.mutate()));
  await attempt('no procedure', () => failure(() => client.nowhere.query()));

  await new Promise((resolve) => {
    client.ticks.subscribe(5, {
      onStarted: () => log('ticks started'),
      onData: (data) => log('tick', data),
      onComplete: () => {
        log('ticks complete');
        resolve();
      },
    });
  });
  await new Promise((resolve) => {
    client.broken.subscribe(undefined, {
      onData: (data) => log('broken', data),
      onError: ({ message, data }) => {
        log('broken', message, data.code);
        resolve();
      },
    });
  });
  await new Promise((resolve) => {
    const seen = [];
    const subscription = client.forever.subscribe('three ticks', {
      onData(n) {
        if (seen.push(n) !== 3) return;
        log('three ticks', seen);
        subscription.unsubscribe();
        resolve();
      },
    });
  });
  await new Promise((resolve) => {
    client.forever.subscribe('until reload', {
      onData(n) {
        log('until reload', n);
        if (n === 2) resolve();
      },
    });
  });
});
