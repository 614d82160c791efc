import type { Session } from 'electron';

/**
 * Puts a preload script before all others of a session, and keeps it there whatever the
 * application sets later; what the application reads back is only its own.
 *
 * @returns takes it away again
 *
 * @throws Error where this Electron has no known way
 */
export function addSessionPreload(session: Session, path: string): () => void {
  // Since version 35 preloads are registered one by one.
  if (typeof session.registerPreloadScript === 'function') return registerScript(session, path);
  if (typeof session.setPreloads === 'function') return prependToList(session, path);
  const { electron } = process.versions;
  throw new Error(`This Electron (${electron}) has no way to give a session a preload.`);
}

function registerScript(session: Session, path: string): () => void {
  const id = session.registerPreloadScript({ type: 'frame', filePath: path, id: 'ringwire' });
  const { getPreloadScripts } = session;
  // `setPreloads`, which still exists, takes away all that are listed.
  session.getPreloadScripts = () =>
    getPreloadScripts.call(session).filter((script) => script.id !== id);
  return () => {
    Object.assign(session, { getPreloadScripts });
    session.unregisterPreloadScript(id);
  };
}

function prependToList(session: Session, path: string): () => void {
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
