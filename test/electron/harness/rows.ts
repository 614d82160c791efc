/**
 * The contract, row by row: what an application can see of Electron's IPC. Each scenario names
 * the rows it shows, and each row has a scenario (rows.test.ts).
 */
export const rows = {
  // ipcRenderer
  'renderer/shape': 'own keys, names and prototype of ipcRenderer',
  'renderer/unbound': 'no method of ipcRenderer needs its object',
  'renderer/listeners': 'on, addListener, once, removeListener, removeAllListeners, eventNames',
  'renderer/snapshot': 'arguments are serialised at the time of the call',
  'renderer/shared-references':
    'the arguments of a message are one array: identity is kept across them',
  'renderer/event': 'listeners get a plain event with sender, senderId (to 27) and ports',
  'renderer/event-ports': 'ports are DOM MessagePorts, and an empty array without any',
  'renderer/send-to': 'sendTo (to 27) reaches the main frame of another window',
  'renderer/sub-frames': 'child frames have no IPC without nodeIntegrationInSubFrames',

  // ipcMain, webContents.ipc, webFrameMain.ipc
  'main/shape': 'own keys of ipcMain; its first event name is "error"',
  'main/unbound': 'handle and handleOnce need no object',
  'main/listeners': 'on, addListener, once, prependListener, off, removeAllListeners',
  'main/error-guard': 'a message on channel "error" never throws in main',
  'main/error-guard-removed': 'removeAllListeners takes that guard away: then it throws',
  'main/handle-twice': 'a second handler for a channel is refused, before its type is looked at',
  'main/handle-not-function': 'a handler that is no function is refused',
  'main/handle-once': 'handleOnce removes the handler before it runs',
  'main/remove-handler': 'removeHandler; silent where there is none',
  'main/cascade-send': 'send: ipc-message, then the frame, its window, and ipcMain',
  'main/cascade-sync': 'sendSync: ipc-message-sync, then the frame, its window, and ipcMain',
  'main/cascade-invoke': 'invoke: the first of frame, window, ipcMain that has a handler',
  'main/ipc-message': 'the ipc-message event of webContents',
  'main/ipc-message-sync': 'the ipc-message-sync event of webContents, which can answer',
  'main/shared-arguments': 'all listeners of a message share its event and its values',
  'main/emitter': 'an EventEmitter in every way: once, prepend, this, newListener, warnings',
  'main/frame-ipc': 'frame.ipc is there when it is asked for, and outlives navigation',
  'main/frame-ids': 'webFrameMain.fromId is undefined for a frame that there is not',

  // What lies below, and is private
  'dispatch/private-listener': "a listener for Electron's own events of webContents (to 35)",
  'dispatch/patched-emit': 'emit of webContents or an ipc object, replaced by the application',
  'dispatch/added-meanwhile': 'listeners that are added while a message is dispatched',

  // The event in main
  'event/send':
    'the event of send: sender, ids, senderFrame, reply; returnValue is a plain property',
  'event/sync': 'the event of sendSync: returnValue is a setter that reads as undefined',
  'event/invoke': 'the event of invoke has no reply and no returnValue',
  'event/own-properties': 'its properties, in their order, and what can be done to them',
  'event/ports': 'the event of postMessage has ports, and no reply',
  'event/reply': 'event.reply goes to the frame that sent, now or later',
  'event/reply-gone': 'event.reply is for one frame: nothing when that frame is gone',
  'event/inspect': 'what an event looks like when it is printed',
  'event/sender-frame-gone':
    'senderFrame is undefined (since 33 null) when the frame is gone; its ids stay',

  // Arguments and errors
  'errors/renderer-channel': 'a channel that is no string: TypeError, thrown or (invoke) rejected',
  'errors/main-channel': 'a channel that is no string, in main',
  'errors/unusual-channel': 'empty, very long and unusual channels are fine',
  'errors/order-of-checks': 'first the channel, then the values, then the transfer list',
  'errors/transfer': 'what is wrong with a transfer list',
  'errors/renderer-arguments': 'postMessage, send and sendToHost with too few and too many',

  // invoke
  'invoke/returns': 'a value or a promise: resolves with a clone',
  'invoke/returns-undefined': 'nothing: resolves with undefined',
  'invoke/throws-error': 'an error: rejects with its text in one of our own; main prints it',
  'invoke/throws-named': 'the name of the error is in the text',
  'invoke/throws-value': 'anything else thrown is in the text as a string',
  'invoke/throws-empty': 'an empty string thrown: resolves with undefined',
  'invoke/throws-nothing': 'undefined thrown: no answer until garbage collection',
  'invoke/no-handler': 'no handler: rejects; main prints it',
  'invoke/never-settles': 'an answer that can never come: rejects at garbage collection',
  'invoke/unclonable-result': 'a result that cannot be cloned: rejects; main prints it',

  // sendSync
  'sync/return-value': 'returns a clone of what is set',
  'sync/first-wins': 'the first value that is set counts',
  'sync/late': 'the value may be set later',
  'sync/reads-undefined': 'reading returnValue gives undefined',
  'sync/never-set': 'never set: an object with an error, at garbage collection',
  'sync/no-listener': 'no listener: main warns, then as never set',
  'sync/throws': 'a listener throws: uncaught in main, then as never set',
  'sync/unclonable-result':
    'a value that cannot be cloned: thrown at the setter, another may follow',
  'sync/nested-send': 'what main sends to a waiting renderer comes after the answer',
  'sync/anywhere': 'sendSync in a preload and in a listener',

  // Listeners that throw
  'throw/main': 'in main: uncaughtException, the rest of that message is skipped, the next is fine',
  'throw/renderer': 'in a renderer: an error event, the rest of that message is skipped',
  'throw/error-channel': 'channel "error" throws in a renderer without a listener',

  // From main to a frame
  'push/ways': 'webContents.send, frame.send, sendToFrame, and both postMessage',
  'push/no-listener': 'without a listener a message is lost, silently',
  'push/unclonable': 'a value that cannot be cloned: printed in main, not thrown',
  'push/post-unclonable': 'the same with postMessage: thrown',
  'push/destroyed': 'to a destroyed window: send throws, reply does not, frame.send prints',
  'push/send-to-frame': 'sendToFrame: which frames it takes; true, or false for an unknown one',
  'push/post-arguments': 'postMessage of window and frame with too few arguments',
  'push/disposed-frame': 'to a frame that is gone: send prints, postMessage throws',

  // MessagePorts
  'ports/to-main': 'a port posted to main is a MessagePortMain',
  'ports/to-renderer': 'a port posted by main is a DOM MessagePort',
  'ports/between-windows': 'two windows talk by a channel from main',
  'ports/main-arguments': 'postMessage of a MessagePortMain: what it takes and what it refuses',
  'ports/start': 'a MessagePortMain keeps what comes until start',
  'ports/close': 'close: by close(), with the other process, and when nobody takes the port',
  'ports/several': 'several ports in one message, and ports in messages of ports',
  'ports/buffers': 'bytes through a port; a buffer that is handed over is lost in main',

  // Order
  'order/mixed': 'calls of all kinds arrive in call order',
  'order/while-loading': 'also while the document loads and the path changes',
  'order/push': 'messages to one frame arrive in call order',
  'order/replies': 'answers of invoke come in the order in which handlers settle',
  'order/answers-pass': 'an answer does not wait until a page has heard all messages before it',
  'order/windows': 'windows do not mix',
  'order/documents': 'one document of a frame after the other',
  'order/ticks-main': 'ticks and microtasks run between two messages in main',
  'order/ticks-renderer': 'and in a renderer',
  'order/ports': 'messages with ports keep their place among all others',
  'order/dialog': 'nothing is delivered in main while it shows a synchronous dialog',
  'order/drag': 'messages are delivered in main while startDrag waits, ticks are not run',

  // Lifetime
  'lifetime/before-load': 'messages sent before the first load arrive after the preload',
  'lifetime/reload': 'handlers outlive a reload, listeners of the document do not',
  'lifetime/navigation': 'the same site, another one, data, file, about:blank, history',
  'lifetime/same-document': 'a hash or pushState keeps the document and its pending calls',
  'lifetime/late-answers': 'no answer to an old document reaches a new one',
  'lifetime/unload': 'messages sent in beforeunload, pagehide and unload arrive',
  'lifetime/close': 'what a page sends before window.close arrives',
  'lifetime/close-in-handler': 'a window closed by a listener or handler of its own message',
  'lifetime/destroyed': 'what an event can still do when its window is gone',
  'lifetime/destroyed-in-call': 'a window destroyed while its sendSync waits',
  'lifetime/frame-removed': 'a frame removed while its invoke waits',
  'lifetime/crash': 'a renderer that crashes or is killed, idle, waiting or flooded',
  'lifetime/churn': 'windows that open and close again and again',
  'lifetime/exit-event': "messages sent in the exit event of a renderer's process",
  'lifetime/released': 'the ipcRenderer of a document that is gone: every method says so',
  'lifetime/garbage': 'windows, documents and frames that are gone are collected',
  'lifetime/neighbours': 'other documents of the process end: nothing is lost, all is answered',

  // Values
  'value/crosses': 'every kind of value that structured clone takes',
  'value/unclonable': 'every kind of value that it refuses: one error text, nothing sent',
  'value/buffer': 'a Buffer arrives as a Uint8Array',
  'value/error-stack': 'the stack of an error crosses unchanged',
  'value/undecodable':
    'what V8 writes nothing for (a WebAssembly module): an error where it arrives',
  'value/native-image': 'a NativeImage crosses both ways',
  'value/host-objects': 'objects of the page, of Node and of Electron',
  'value/rare': 'resizable and detached buffers, symbols inside, very deep values',

  // Contexts
  'context/bridge': 'contextIsolation, with contextBridge',
  'context/node-integration': 'nodeIntegration: the page itself requires electron',
  'context/no-preload': 'a window without a preload',
  'context/sandboxed': 'sandboxed windows next to others',
  'context/views': 'views of a BaseWindow (since 30)',
  'context/modules': 'ES modules as main file and as preload (since 28)',
  'context/service-worker': 'a page with a service worker, which itself has no IPC (to 34)',
  'context/several-windows': 'several windows, each with its own sender',
  'context/sub-frames': 'child frames with nodeIntegrationInSubFrames, of both sites',
  'context/sessions': 'sessions and partitions made later',
  'context/session-preloads': 'preloads of the application in its sessions',
  'context/window-open': 'windows that a page opens itself',
  'context/webview': 'a webview: its guest, its host, and sendToHost between them',
  'context/policy': 'a strict content security policy in the page',
  'context/devtools': 'developer tools, opened and closed while messages flow',
  'context/shared-process': 'windows that share one renderer process',
  'context/about-blank': 'a window that a page opens on about:blank',

  // webview
  'webview/send': 'send of a webview: a promise, in order',
  'webview/send-to-frame': 'sendToFrame of a webview: a promise of whether there is that frame',
  'webview/not-attached': 'a webview outside of the document throws',
  'webview/send-to-host': 'sendToHost keeps its place among the messages to main',

  // Utility processes
  'utility/messages': 'messages to and from a utility process',
  'utility/ports': 'a window and a utility process talk by a channel',

  // Load
  'load/large': '64 KB, 1 MB, 16 MB, long texts, large trees',
  'load/burst': '20000 messages to a slow receiver',
  'load/in-flight': '1000 calls of invoke at once',
  'load/close-together': 'many messages in one task: turns, errors, values and answers of each',
  'load/alive': 'frames and input come between the messages of a burst',
  'load/memory': 'the memory of a burst is given back',
  'load/both-ways': 'both sides send more than any buffer holds',

  // Switching over
  'register/before': 'listeners and handlers from before registering',
  'register/patched-emit': 'windows whose emit others have bound or replaced, before or after',
  'register/references': 'references to methods from before registering',
  'register/off': 'RINGWIRE=off',
  'register/batch-off': 'RINGWIRE_BATCH=off',
  'register/dispatch-electron': 'RINGWIRE_DISPATCH=electron',
  'register/loop': 'RINGWIRE_LOOP=uv',
} as const;

export type Row = keyof typeof rows;
