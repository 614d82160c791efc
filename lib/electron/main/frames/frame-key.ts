import { type WebFrameMain, webFrameMain } from 'electron';

/** Names a frame in a map; Electron's own object of it may be another one later. */
export function keyOf(processId: number, frameId: number): string {
  return `${processId}:${frameId}`;
}

/** The frame of a key, if there still is one. */
export function frameOf(key: string): WebFrameMain | undefined {
  const [processId, frameId] = key.split(':');
  return webFrameMain.fromId(Number(processId), Number(frameId));
}
