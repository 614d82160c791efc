import { endWine, prepareWine } from '../../scripts/wine.ts';

/** Once per run: Node for Windows. Returns what ends all that runs there. */
export default async function setup(): Promise<() => Promise<void>> {
  await prepareWine();
  return endWine;
}
