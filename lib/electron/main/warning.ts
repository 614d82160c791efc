let warned = false;

/** Says on the console, once for the process, why messages go by Electron's own IPC. */
export function warnOfStock(who: string, why: string): void {
  if (warned) return;
  warned = true;
  console.warn(`ringwire: ${who} on Electron's own IPC. ${why}`);
}
