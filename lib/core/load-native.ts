import { createRequire } from 'node:module';
import nodeGypBuild from 'node-gyp-build';
import { isCutOff, libcName } from './elf.ts';
import { RingwireError } from './errors.ts';
import { checkExperimental } from './experimental.ts';
import { type NativeAddon, setNativeAddon } from './native.ts';
import { packageRoot } from './package-root.ts';

let file: string | undefined;
let addon: NativeAddon | undefined;

/**
 * Loads the addon once per JavaScript context.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_UNSUPPORTED` when no binary fits this platform, or an
 *   experimental one is not asked for; `_BUNDLED` when this package is not there.
 */
export function loadNative(): NativeAddon {
  if (addon) return addon;
  checkExperimental();
  const path = nativeFile();
  addon = attempt(() => {
    if (isCutOff(path)) throw new Error('a part of the file is missing');
    return setNativeAddon(createRequire(path)(path) as NativeAddon);
  }, path);
  return addon;
}

/** The file of the addon that fits this process. @throws as {@link loadNative} */
export function nativeFile(): string {
  const root = packageRoot();
  // A bundler would replace a plain `require`, whatever node-gyp-build does.
  file ??= attempt(() => nodeGypBuild.path(root));
  return file;
}

function attempt<Result>(load: () => Result, path = ''): Result {
  try {
    return load();
  } catch (cause) {
    const { message } = cause as Error;
    const here = [process.platform, process.arch, libcName() ?? []].flat().join('-');
    // The loader does not always say which file it means.
    const which = message.includes(path) ? '' : ` (${path})`;
    throw new RingwireError('ERR_RINGWIRE_UNSUPPORTED', {
      detail: `${here}: ${message}${which}`,
      cause,
    });
  }
}
