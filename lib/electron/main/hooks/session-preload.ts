import type { Session } from 'electron';

/**
 * Puts a preload script before all others of a session, and keeps it there whatever the
 * application sets later; what the application reads back is only its own.
 *
 * @returns takes it away again
 */
export function addSessionPreload(session: Session, path: string): () => void {
  // Since version 35 preloads are registered one by one.
  if (typeof session.registerPreloadScript === 'function') {
    const id = session.registerPreloadScript({ type: 'frame', filePath: path, id: 'ringwire' });
    return () => session.unregisterPreloadScript(id);
  }
  const { setPreloads, getPreloads } = session;
  const before = getPreloads.call(session);
  const set = (preloads: string[]) => setPreloads.call(session, [path, ...preloads]);
  set(before);
  session.setPreloads = (preloads) => {
    // Electron judges what is no list of absolute paths.
    if (Array.isArray(preloads)) set(preloads);
    else setPreloads.call(session, preloads);
  };
  session.getPreloads = () => getPreloads.call(session).filter((each) => each !== path);
  return () => {
    const others = session.getPreloads();
    Object.assign(session, { setPreloads, getPreloads });
    session.setPreloads(others);
  };
}
