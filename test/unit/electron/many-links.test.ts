import { expect, it, vi } from 'vitest';
import { PRIVATE_CHANNEL } from '../../../lib/electron/protocol.ts';
import { type FrameEnd, joinFrom, quietly, start } from './ringwire.ts';

const warnings = quietly();

it('a frame that keeps its connections gets no more than a few, and others theirs', async () => {
  const { electron, frame, session } = await start('33.1.0');
  const answers = Array.from({ length: 100 }, () => joinFrom(electron, frame));
  const ends = answers.filter((answer) => Object.hasOwn(answer as object, 'messenger'));
  expect(ends).toHaveLength(16);
  expect(answers.at(-1)).toEqual({ reason: 'refused' });
  expect(warnings()).toEqual([
    expect.stringMatching(/a window stays on Electron's own IPC\. .* 16 connections/),
  ]);
  expect(joinFrom(electron, electron.contents(session).mainFrame)).toHaveProperty('messenger');
});

it('a frame whose old connections have ended may go on for ever', async () => {
  const { electron, frame } = await start('33.1.0');
  for (let i = 0; i < 100; i++) {
    const end = joinFrom(electron, frame) as FrameEnd;
    expect(end).toHaveProperty('messenger');
    end.messenger.transport.close();
    await new Promise(setImmediate);
  }
  expect(warnings()).toEqual([]);
});

it('a frame that never connects cannot make main keep what it sends', async () => {
  const { electron, frame } = await start('33.1.0');
  const heard: unknown[] = [];
  electron.ipcMain.on('ported', (_event, value) => heard.push(value));
  electron.deliver(frame, { kind: 'message-sync', channel: PRIVATE_CHANNEL, args: ['join'] });
  for (let i = 0; i < 1000; i++) {
    electron.deliver(frame, { kind: 'ports', channel: PRIVATE_CHANNEL, args: [['ported', i]] });
  }
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(900));
  expect(heard).toEqual(heard.map((_, i) => i));
});

it('a frame that never marks the places of what it sends cannot make main keep it', async () => {
  const { electron, frame, join } = await start('33.1.0');
  let heard = 0;
  electron.ipcMain.on('ported', () => heard++);
  join();
  for (let i = 0; i < 70_000; i++) {
    electron.deliver(frame, { kind: 'ports', channel: PRIVATE_CHANNEL, args: [['ported', i]] });
  }
  await vi.waitFor(() => expect(heard).toBe(70_000));
});
