import type { IpcRenderer } from 'electron';

/**
 * Makes errors that the window hears of when nobody catches them. Chromium mutes an error whose stack
 * begins in a script without an origin, such as a sandboxed preload. So these begin in `emit`, which
 * has to be Electron's own.
 */
export function heardErrors(emit: IpcRenderer['emit']): (message: string) => Error {
  return (message) => {
    const error = new Error(message);
    const capture = (): void => Error.captureStackTrace(error, capture);
    Reflect.apply(emit, { _events: { capture } }, ['capture']);
    return error;
  };
}
