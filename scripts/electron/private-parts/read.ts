import { createHash } from 'node:crypto';
import ts from 'typescript';
import type { Sources } from './checkout.ts';
import type { Condition } from './conditions.ts';
import {
  dispatch,
  ipcRenderer,
  nativeContents,
  nativeEvent,
  nativeHandler,
  rendererInit,
  rendererSetup,
  webContents,
} from './files.ts';

/** Whether events of `ipcRenderer` are made like this, with or without a `sendTo`. */
export function emits(event: RegExp, sendTo: boolean): Condition {
  return ({ text }) =>
    event.test(text(rendererInit) + text(rendererSetup)) &&
    /sendTo\b/.test(text(ipcRenderer)) === sendTo;
}

/** In the order in which the native side sets them. */
export function eventProperties({ text }: Sources): string[] | undefined {
  const bodies = [
    /ElectronApiIPCHandlerImpl::MakeIPCEvent\(.*?return event; \}/.exec(text(nativeHandler)),
    /WebContents::MakeEventWithSender\(.*?return event; \}/.exec(text(nativeContents)),
    /CreateNativeEvent\( ?v8::Isolate\* isolate.*?return event; \}/.exec(text(nativeEvent)),
  ];
  const [body] = bodies.find((found) => found !== null) ?? [];
  if (body === undefined) return undefined;
  return [...body.matchAll(/dict\.Set(?:Getter)?\("(\w+)"/g)].map(([, name = '']) => name);
}

const hashes = new Map<string, string>();

/** Names the listeners' source, whatever its types and its formatting. */
export function listenersHash({ raw }: Sources): string {
  const source = raw(webContents).includes("'-ipc-message'") ? raw(webContents) : raw(dispatch);
  const hash = hashes.get(source) ?? hashListeners(source);
  hashes.set(source, hash);
  return hash;
}

function hashListeners(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, removeComments: true },
  });
  const code = outputText.replaceAll(/\s+/g, ' ').replaceAll(/\((\w+)\) =>/g, '$1 =>');
  const listeners = ['-ipc-message', '-ipc-message-sync', '-ipc-invoke'].map((name) => {
    const start = code.search(new RegExp(`\\.on\\( ?'${name}'`));
    return code.slice(start, code.indexOf('.on(', start + 1));
  });
  const digest = createHash('sha256').update(listeners.join('\n')).digest('hex');
  return `source ${digest.slice(0, 4)}`;
}
