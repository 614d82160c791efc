import { MessageChannelMain } from 'electron';

/** Whether Electron's serialiser carries a value: the same one stands behind main's ports. */
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
