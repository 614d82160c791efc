/** Where Electron's versions differ: what scenarios expect from which major version on. */

const misuse = /threw Error\("Error: (Missing required channel argument|Expected handler to be a)/;

/** Since version 27 misuse of an API is a TypeError; `lines` are those of version 25. */
export function misuseThrown(electron: number, lines: readonly string[]): string[] {
  if (electron < 27) return [...lines];
  return lines.map((line) =>
    misuse.test(line) ? line.replace('threw Error("Error: ', 'threw TypeError("TypeError: ') : line,
  );
}

/** The name of the error for misuse, by {@link misuseThrown}. */
export function misuseName(electron: number): string {
  return electron < 27 ? 'Error' : 'TypeError';
}

/** Since version 29 `ipcRenderer` is of a class of its own, which has the methods. */
export function hasRendererClass(electron: number): boolean {
  return electron >= 29;
}

export function ownKeysOfIpcRenderer(electron: number): string[] {
  const emitter = ['_events', '_eventsCount', '_maxListeners'];
  if (hasRendererClass(electron)) return emitter;
  const sending = ['send', 'sendSync', 'sendToHost', ...(electron < 28 ? ['sendTo'] : [])];
  return [...emitter, ...sending, 'invoke', 'postMessage'];
}

/** Since version 27, with Node 18.17, events that Node makes have no property of their own. */
export function hasBareNodeEvents(electron: number): boolean {
  return electron >= 27;
}

/** Since version 33, or one after 27, V8 takes objects of the page for plain ones. */
export function takesPageObjects(electron: number): boolean {
  return electron >= 33;
}

/** Since version 33 the native side gives an event its frame; before, the dispatcher does, hidden. */
export function hasNativeFrame(electron: number): boolean {
  return electron >= 33;
}

/** Since version 28, which has no `sendTo`, events of a renderer do not tell who sent. */
export function tellsSenderId(electron: number): boolean {
  return electron < 28;
}

/** Events of `sendTo` say whether a main frame sent; since the middle of version 25. */
export function tellsMainFrame(electron: number): boolean {
  return electron >= 26;
}

/** The class of events has a name in all versions after 25.1, and WebContents since version 27. */
export function hasNamedClasses(electron: number): boolean {
  return electron >= 27;
}

/**
 * Since version 33, or one after 27, microtasks run in a nested event loop when something calls
 * Electron's native side, whoever that is.
 */
export function callsRunMicrotasks(electron: number): boolean {
  return electron >= 33;
}

/** Since version 33 a WebContents listens for its own end. */
export function listensToDestroyed(electron: number): boolean {
  return electron >= 33;
}
