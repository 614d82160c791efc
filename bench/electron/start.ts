/** An application that only starts, and says how long that took; see scenarios/feel/start.ts. */
import { app } from 'electron';
import type { Start } from '../scenarios/feel/start.ts';

const begin = performance.now();
if (process.env.RINGWIRE !== 'off') require('ringwire/register');
const register = performance.now() - begin;

app.on('ready', () => {
  const found: Start = { register, ready: performance.now() };
  console.log(`START ${JSON.stringify(found)}`);
  app.exit();
});
