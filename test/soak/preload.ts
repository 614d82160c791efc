/** A window of the soak: talks from its preload until it is told to stop, or is left. */
import { ipcRenderer } from 'electron';
import { seeded } from '../../bench/harness/trials/random.ts';
import { Talk } from './traffic/talk.ts';

const talk = new Talk(ipcRenderer, seeded);
window.addEventListener('pagehide', () => talk.sayBye());
void talk.sayMany();
