interface V8Util {
  getHiddenValue(object: object, name: string): unknown;
}

let v8Util: Partial<V8Util> | undefined;

/**
 * Whether a message is of Electron's own scripts, such as that of `window.close`, where the session
 * dispatches: only a hidden value of the event says so.
 */
export function isInternal(event: object): boolean {
  v8Util ??= findV8Util();
  return v8Util.getHiddenValue?.(event, 'internal') === true;
}

function findV8Util(): Partial<V8Util> {
  const { _linkedBinding: bindingOf } = process as { _linkedBinding?: (name: string) => object };
  try {
    return bindingOf?.call(process, 'electron_common_v8_util') ?? {};
  } catch {
    // An Electron that has no such thing any more: such a message may overtake what rings hold.
    return {};
  }
}
