import { createRequire } from 'node:module';
import nodeGypBuild from 'node-gyp-build';
import { RingwireError } from './errors.ts';
import { type NativeAddon, setNativeAddon } from './native.ts';
import { packageRoot } from './package-root.ts';

let file: string | undefined;
let addon: NativeAddon | undefined;

/**
 * Loads the addon once per JavaScript context.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_UNSUPPORTED` when no binary fits this platform,
 *   `_BUNDLED` when this package is not there.
 */
export function loadNative(): NativeAddon {
  if (addon) return addon;
  const path = nativeFile();
  addon = attempt(() => setNativeAddon(createRequire(path)(path) as NativeAddon));
  return addon;
}

/** The file of the addon that fits this process. @throws as {@link loadNative} */
export function nativeFile(): string {
  const root = packageRoot();
  // A bundler would replace a plain `require`, whatever node-gyp-build does.
  file ??= attempt(() => nodeGypBuild.path(root));
  return file;
}

function attempt<Result>(load: () => Result): Result {
  try {
    return load();
  } catch (cause) {
    throw new RingwireError('ERR_RINGWIRE_UNSUPPORTED', {
      detail: `${process.platform}-${process.arch}: ${(cause as Error).message}`,
      cause,
    });
  }
}
