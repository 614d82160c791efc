import { type ResolvedElectron, resolveElectron } from '../../scripts/electron/resolve.ts';

/** Undefined where none can run; the Electron suite says so then, and fails in CI. */
export const electron: ResolvedElectron | undefined = await resolveElectron().catch(
  () => undefined,
);
