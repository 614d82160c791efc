// Makes one application for macOS of one for each processor: `node universal.mjs <how> <x64.app> <arm64.app> <out.app>`.
// @electron/universal wants macOS only for lipo, which is not here, and must not be needed.
import { makeUniversalApp } from '@electron/universal';

Object.defineProperty(process, 'platform', { value: 'darwin' });
const [how, x64AppPath, arm64AppPath, outAppPath] = process.argv.slice(2);
await makeUniversalApp({ x64AppPath, arm64AppPath, outAppPath, mergeASARs: how === 'merged' });
