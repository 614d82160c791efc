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
  'main/frames': 'webFrameMain.fromId; senderFrame and methods of a frame that is gone',
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

  // The event in main
  'event/send':
    'the event of send: sender, ids, senderFrame, reply; returnValue is a plain property',
  'event/sync': 'the event of sendSync: returnValue is a setter that reads as undefined',
  'event/invoke': 'the event of invoke has no reply and no returnValue',
  'event/ports': 'the event of postMessage has ports, and no reply',
  'event/reply': 'event.reply goes to the frame that sent, now or later',
  'event/reply-gone': 'event.reply is for one frame: nothing when that frame is gone',

  // Arguments and errors
  'errors/renderer-channel': 'a channel that is no string: TypeError, thrown or (invoke) rejected',
  'errors/main-channel': 'a channel that is no string, in main',
  'errors/unusual-channel': 'empty, very long and unusual channels are fine',
  'errors/order-of-checks': 'first the channel, then the values, then the transfer list',
  'errors/transfer': 'what is wrong with a transfer list',
  'errors/released': 'the ipcRenderer of a frame that was removed: an error of its own',

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
  'push/post-arguments': 'what is wrong with the arguments of postMessage',
  'push/to-frame': 'sendToFrame: a frame, another, none, and what names none',
  'push/destroyed': 'to a destroyed window: send throws, reply does not, frame.send prints',

  // MessagePorts
  'ports/to-main': 'a port posted to main is a MessagePortMain',
  'ports/to-renderer': 'a port posted by main is a DOM MessagePort',
  'ports/between-windows': 'two windows talk by a channel from main',
  'ports/main-rules': 'MessageChannelMain: start, close, what a transfer list refuses',

  // Order
  'order/mixed': 'calls of all kinds arrive in call order',
  'order/while-loading': 'also while the document loads and the path changes',
  'order/push': 'messages to one frame arrive in call order',
  'order/replies': 'answers of invoke come in the order in which handlers settle',
  'order/windows': 'windows do not mix',
  'order/documents': 'one document of a frame after the other',
  'order/guest': 'a guest, to its host and to main',
  'order/ticks-main': 'ticks and microtasks run between two messages in main',
  'order/ticks-renderer': 'and in a renderer',

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
  'context/several-windows': 'several windows, each with its own sender',
  'context/sub-frames': 'child frames with nodeIntegrationInSubFrames, of both sites',
  'context/sessions': 'sessions and partitions made later',
  'context/session-preloads': 'preloads of the application in its sessions',
  'context/window-open': 'windows that a page opens itself',
  'context/same-process': 'child windows in the process of their opener',
  'context/webview': 'a webview: its guest, its host, and sendToHost between them',
  'context/policy': 'a strict content security policy in the page',
  'context/devtools': 'a window with DevTools open',
  'context/utility': 'utility processes are left alone',

  // Load
  'load/large': '64 KB, 1 MB, 16 MB, long texts, large trees',
  'load/burst': '20000 messages to a slow receiver',
  'load/in-flight': '1000 calls of invoke at once',
  'load/both-ways': 'both sides send more than any buffer holds',

  // Switching over
  'register/before': 'listeners and handlers from before registering',
  'register/references': 'references to methods from before registering',
  'register/off': 'RINGWIRE=off',
  'register/loop': 'RINGWIRE_LOOP=uv',
} as const;

export type Row = keyof typeof rows;
