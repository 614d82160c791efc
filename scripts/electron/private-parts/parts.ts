import type { Sources } from './checkout.ts';
import { both, firstOf, has, not } from './conditions.ts';
import {
  dispatch,
  guestViews,
  ipcMain,
  ipcRenderer,
  nativeClient,
  nativeContents,
  nativeFrame,
  nativeHandler,
  nativeSession,
  webContents,
  webFrameMain,
} from './files.ts';
import { emits, eventProperties, listenersHash } from './read.ts';

/** Something private to Electron that ringwire touches. */
export interface Part {
  readonly title: string;
  /** How ringwire chooses; for the table. */
  readonly chosen: string;
  /** What each form is, by its name; the table shows it. */
  readonly forms: Readonly<Record<string, string>>;
  /** The form's name. Undefined: none that is known. */
  readonly formIn: (sources: Sources) => string | undefined;
}

const webContentsEmits = has(nativeContents, /EmitWithSender\("-ipc-message", render_frame_host/);
const sessionEmits = has(nativeHandler, /session(->Get\(\))?->Message\(event(_object)?, channel/);
const webContentsListens = has(webContents, /\.on\('-ipc-message'/);
const sessionListens = has(dispatch, /\.on\( ?'-ipc-message'/);

const place = 'is_main_frame, frame_process_id, frame_routing_id\\)';
const navigation = `url, is_same_document, ${place}`;
const commit = `url, http_response_code, http_status_text, ${place}`;

export const parts: Readonly<Record<string, Part>> = {
  emitter: {
    title: 'who emits `-ipc-message`, `-ipc-message-sync`, `-ipc-invoke`, `-ipc-ports`',
    chosen: 'the WebContents, if it has listeners; else its session',
    forms: {
      webContents: 'the WebContents, as `(event, internal, channel, …)`',
      both: 'as before; for service workers the session, as `(event, channel, …)`',
      session: 'the session, as `(event, channel, …)`; `internal` is a hidden value of the event',
    },
    formIn: firstOf({
      webContents: both(webContentsEmits, webContentsListens, not(sessionListens)),
      both: both(webContentsEmits, webContentsListens, sessionListens),
      session: both(sessionEmits, sessionListens, not(webContentsListens)),
    }),
  },
  event: {
    title: 'what the native side gives an event',
    chosen: 'learned from the first event of each document',
    forms: {
      'sender frameId processId': '`sender`, `frameId`, `processId`; no `_replyChannel`',
      '_replyChannel frameId processId': '`frameId`, `processId`',
      '_replyChannel senderFrame frameId processId frameTreeNodeId':
        '`senderFrame`, `frameId`, `processId`, `frameTreeNodeId`',
      'type _replyChannel senderFrame frameId processId frameTreeNodeId': '`type` before these',
      'type sender _replyChannel senderFrame frameId processId frameTreeNodeId':
        '`type` and `sender` before these',
    },
    formIn: (sources) => eventProperties(sources)?.join(' '),
  },
  reply: {
    title: 'how a request is answered',
    chosen: 'by the source of the listener to `-ipc-invoke`; the first form stays on stock IPC',
    forms: {
      event: '`event.sendReply`; handlers are stored wrapped',
      channel: '`event._replyChannel.sendReply`; handlers are stored as they are',
    },
    formIn: firstOf({
      event: both(
        has(webContents, /set: \(value\) => event\.sendReply\(value\)/),
        has(ipcMain, /_invokeHandlers\.set\(method, async \(e, \.\.\.args\)/),
      ),
      channel: both(
        ({ text }) =>
          /event\._replyChannel\.sendReply\(\{ result \}\)/.test(
            text(webContents) + text(dispatch),
          ),
        has(ipcMain, /_invokeHandlers\.set\(method, fn\)/),
      ),
    }),
  },
  frameIpc: {
    title: 'which frame hears a message by `frame.ipc`',
    chosen: 'Electron’s dispatcher decides; ringwire’s own by the form of the event',
    forms: {
      none: 'none',
      ids: 'that of `processId` and `frameId`',
      tree: 'that of `frameTreeNodeId`, whatever document it shows',
    },
    formIn: firstOf({
      tree: ({ text }) => (text(webContents) + text(dispatch)).includes('_fromFtnIdIfExists'),
      ids: has(
        webContents,
        /getWebFrameForEvent|webFrameMain\.fromId\(event\.processId, event\.frameId\)/,
      ),
      none: not(has(webFrameMain, /prototype, 'ipc'/)),
    }),
  },
  host: {
    title: 'how `sendToHost` arrives',
    chosen: 'with the emitter',
    forms: {
      webContents: '`ipc-message-host` of the WebContents',
      session: '`-ipc-message-host` of the session, which the WebContents repeats',
    },
    formIn: firstOf({
      webContents: both(
        has(nativeContents, /EmitWithSender\("ipc-message-host"/),
        has(guestViews, /guest\.on\('ipc-message-host'/),
      ),
      session: both(
        has(dispatch, /event\.sender\.emit\('-ipc-message-host', event, channel, args\)/),
        has(guestViews, /guest\.on\('-ipc-message-host'/),
      ),
    }),
  },
  send: {
    title: 'what all sending to a frame ends in',
    chosen: 'both methods have to be there; other arguments go by stock IPC',
    forms: { native: '`_send(internal, channel, args)` and `_postMessage(…)` of `WebFrameMain`' },
    formIn: firstOf({
      native: both(
        has(nativeFrame, /SetMethod\("_send"/),
        has(nativeFrame, /SetMethod\("_postMessage"/),
        has(webFrameMain, /this\._send\(false \/\* internal \*\/, channel, args\)/),
        has(webFrameMain, /this\._postMessage\(\.\.\.args\)/),
      ),
    }),
  },
  preloads: {
    title: 'how a session gets a preload',
    chosen: 'by looking for `registerPreloadScript`, then for `setPreloads`',
    forms: {
      list: '`setPreloads` and `getPreloads`',
      scripts: '`registerPreloadScript`; `setPreloads` takes away what `getPreloadScripts` lists',
    },
    formIn: firstOf({
      scripts: has(nativeSession, /SetMethod\("registerPreloadScript"/),
      list: has(nativeSession, /SetMethod\("setPreloads"/),
    }),
  },
  documents: {
    title: 'how documents begin and end',
    chosen: 'heard by name; one that does not come is not missed',
    forms: {
      positional:
        '`did-start-navigation`, `did-frame-navigate`, `did-fail-load` with arguments behind the event; `will-destroy`',
    },
    formIn: firstOf({
      positional: both(
        has(nativeContents, new RegExp(`\\(event(_name, event(_object)?)?, ${navigation}`)),
        has(nativeContents, new RegExp(`"did-frame-navigate", ${commit}`)),
        has(nativeContents, /Emit\("will-destroy"\)/),
      ),
    }),
  },
  ipcRenderer: {
    title: 'where `ipcRenderer` has its methods',
    chosen: 'by looking where each method is',
    forms: { own: 'on itself, an EventEmitter', class: 'on the prototype of its class' },
    formIn: firstOf({
      own: has(ipcRenderer, /const ipcRenderer = new EventEmitter\(\)/),
      class: has(ipcRenderer, /class IpcRenderer extends EventEmitter/),
    }),
  },
  rendererEvent: {
    title: 'events of `ipcRenderer`',
    chosen: '`senderId` by looking for `sendTo`; `senderIsMainFrame` by version',
    forms: {
      id: '`sender`, `senderId`, `ports`; `ipcRenderer.sendTo`',
      mainFrame: 'also `senderIsMainFrame` for `sendTo`',
      plain: '`sender`, `ports`; no `sendTo`',
    },
    formIn: firstOf({
      mainFrame: emits(
        /\{ sender, senderId, \.\.\.\(senderId \? \{ senderIsMainFrame \} : \{\}\), ports \}/,
        true,
      ),
      id: emits(/\{ sender, senderId, ports \}/, true),
      plain: emits(/\{ sender, ports \}/, false),
    }),
  },
  exit: {
    title: 'how a document with Node.js ends',
    chosen: 'one that does not come is not missed',
    forms: { event: '`exit` of its `process`' },
    formIn: firstOf({
      event: has(
        nativeClient,
        /EmitEvent\( ?(env->isolate\(\)|isolate), env->process_object\(\), "exit"\)/,
      ),
    }),
  },
  dispatcher: {
    title: 'the source of the dispatcher’s three listeners',
    chosen: 'ringwire’s own dispatcher for those it knows; else Electron’s',
    forms: {
      'source 706d': 'that of 20, not known',
      'source ed08': 'that of 21, not known',
      'source 7e01': 'that of 22, not known',
      'source 3b80': '`byFrameId`',
      'source 0e08': '`byFrameTree`',
      'source ba6e': 'that of 36, not known',
    },
    formIn: listenersHash,
  },
};
