import { open } from 'node:fs/promises';

const chunkSize = 4 << 20;
const overlap = 64;

/**
 * Chromium's version, as the executable carries it for its user agent. Electron does not tell it
 * when it runs as plain Node, and a real start needs a display and half a second.
 */
export async function chromeVersion(executable: string): Promise<string> {
  const file = await open(executable);
  try {
    const chunk = Buffer.allocUnsafe(chunkSize);
    for (let position = 0; ; position += chunkSize - overlap) {
      const { bytesRead } = await file.read(chunk, 0, chunkSize, position);
      const at = chunk.subarray(0, bytesRead).indexOf('Chrome/');
      const text = at < 0 ? '' : chunk.toString('latin1', at, Math.min(bytesRead, at + overlap));
      const version = /^Chrome\/(\d+\.\d+\.\d+\.\d+)/.exec(text)?.[1];
      if (version !== undefined) return version;
      if (bytesRead < chunkSize) return 'unknown';
    }
  } finally {
    await file.close();
  }
}
