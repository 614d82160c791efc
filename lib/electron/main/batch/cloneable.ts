import { MessageChannelMain } from 'electron';

/** Whether Electron's serialiser accepts a value. The ports of main use the same one. */
export function isCloneable(value: unknown): boolean {
  const { port1 } = new MessageChannelMain();
  try {
    port1.postMessage(value);
    return true;
  } catch {
    return false;
  } finally {
    port1.close();
  }
}
