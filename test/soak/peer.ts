/**
 * A Node peer of the soak: `peer.mjs <name>`. Talks until it is told to stop, or until it ends
 * itself in the way that it was told.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'ringwire';
import { seeded } from '../../bench/harness/trials/random.ts';
import { Talk } from './traffic/talk.ts';

const [name = '', end = '', milliseconds = '0'] = process.argv.slice(2);
const peer = await connect(name, { timeout: 60_000 });
const talk = new Talk(peer, seeded);

const ends: Record<string, () => void> = {
  close() {
    talk.sayBye();
    peer.close();
  },
  exit: () => process.exit(0),
  kill: () => process.kill(process.pid, 'SIGKILL'),
};
pause(Number(milliseconds), undefined, { ref: false }).then(ends[end]);

await talk.sayMany();
peer.close();
