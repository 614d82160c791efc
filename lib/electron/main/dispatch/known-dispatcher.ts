// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source code with templates in it
/**
 * Recognises Electron's dispatcher by its source. Where that is, to the letter, the one whose work
 * `direct-dispatch.ts` does, ours can take its place; everywhere else Electron's goes on.
 */

import { type PrivateKind, privateEvents } from '../hooks/private-events.ts';
import type { Sender } from './ipc-event.ts';

/** The kinds of messages that can be dispatched directly. */
export type DirectKind = Exclude<PrivateKind, 'ports'>;

const kinds: readonly DirectKind[] = ['message', 'messageSync', 'invoke'];

/** Electron's own listeners of one WebContents. */
export type KnownListeners = Readonly<Record<DirectKind, unknown>>;

/** Names of one letter come in the order of their appearance. */
type Shapes = Readonly<Record<DirectKind, string>>;

/** Versions 25 to 32. */
const byFrameId: Shapes = {
  message: [
    'function(a,b,c,d){if(addSenderToEvent(a,this),b)e.ipcMainInternal.emit(c,a,...d);',
    'else{addReplyToEvent(a),this.emit("ipc-message",a,c,...d);',
    'const b=getWebFrameForEvent(a);b&&b.ipc.emit(c,a,...d),',
    'f.emit(c,a,...d),g.ipcMain.emit(c,a,...d)}}',
  ].join(''),
  messageSync: [
    'function(a,b,c,d){if(addSenderToEvent(a,this),(a=>{Object.defineProperty(a,"returnValue",',
    '{set:b=>a._replyChannel.sendReply(b),get:()=>{}})})(a),b)e.ipcMainInternal.emit(c,a,...d);',
    'else{addReplyToEvent(a);const b=getWebFrameForEvent(a);',
    '0!==this.listenerCount("ipc-message-sync")||0!==f.listenerCount(c)||',
    '0!==g.ipcMain.listenerCount(c)||b&&0!==b.ipc.listenerCount(c)||',
    "console.warn(`WebContents #${this.id} called ipcRenderer.sendSync() with '${c}' ",
    'channel without listeners.`),this.emit("ipc-message-sync",a,c,...d),',
    'b&&b.ipc.emit(c,a,...d),f.emit(c,a,...d),g.ipcMain.emit(c,a,...d)}}',
  ].join(''),
  invoke: [
    'async function(a,b,c,d){addSenderToEvent(a,this);const replyWithError=b=>{',
    "console.error(`Error occurred in handler for '${c}':`,b),",
    'a._replyChannel.sendReply({error:b.toString()})},e=getWebFrameForEvent(a),',
    'f=(b?[g.ipcMainInternal]:[e?.ipc,h,i.ipcMain]).find((a=>a&&a._invokeHandlers.has(c)));',
    'if(f){const b=f._invokeHandlers.get(c);try{j=await k.resolve(b(a,...d)),',
    'a._replyChannel.sendReply({result:j})}catch(a){replyWithError(a)}}',
    "else replyWithError(new Error(`No handler registered for '${c}'`));var j}",
  ].join(''),
};

/** Version 33: the frame is found by its place in the tree, also after another document came. */
const byFrameTree: Shapes = {
  message: [
    'function(a,b,c,d){if(addSenderToEvent(a,this),b)e.ipcMainInternal.emit(c,a,...d);',
    'else{addReplyToEvent(a),this.emit("ipc-message",a,c,...d);',
    'for(const b of getIpcEmittersForEvent(a))b?.emit(c,a,...d)}}',
  ].join(''),
  messageSync: [
    'function(a,b,c,d){if(addSenderToEvent(a,this),(a=>{Object.defineProperty(a,"returnValue",',
    '{set:b=>a._replyChannel.sendReply(b),get:()=>{}})})(a),b)e.ipcMainInternal.emit(c,a,...d);',
    'else{addReplyToEvent(a);const b=getIpcEmittersForEvent(a);',
    '0===this.listenerCount("ipc-message-sync")&&b.every((a=>!a||0===a.listenerCount(c)))&&',
    "console.warn(`WebContents #${this.id} called ipcRenderer.sendSync() with '${c}' ",
    'channel without listeners.`),this.emit("ipc-message-sync",a,c,...d);',
    'for(const f of b)f?.emit(c,a,...d)}}',
  ].join(''),
  invoke: [
    'async function(a,b,c,d){addSenderToEvent(a,this);const replyWithError=b=>{',
    "console.error(`Error occurred in handler for '${c}':`,b),",
    'a._replyChannel.sendReply({error:b.toString()})},',
    'e=(b?[f.ipcMainInternal]:getIpcEmittersForEvent(a)).find((a=>a?._invokeHandlers.has(c)));',
    'if(e){const b=e._invokeHandlers.get(c);try{g=await h.resolve(b(a,...d)),',
    'a._replyChannel.sendReply({result:g})}catch(a){replyWithError(a)}}',
    "else replyWithError(new Error(`No handler registered for '${c}'`));var g}",
  ].join(''),
};

/** What the functions that these call give an event, in the same spelling. */
const senderFrameShape = '()=>a.webFrameMain.fromId(b,c)';
const replyShape = '(a,...b)=>{c.sender.sendToFrame([d,e],a,...b)}';

/** The listeners of this WebContents, if they are Electron's, alone, and known for such events. */
export function knownListeners({ webContents, form }: Sender): KnownListeners | undefined {
  const shapes = form.frame ? byFrameTree : byFrameId;
  const [message, messageSync, invoke] = kinds.map((kind) => {
    const listeners = webContents.rawListeners(privateEvents[kind] as 'destroyed');
    const [listener] = listeners;
    return listeners.length === 1 && shapeOf(listener) === shapes[kind] && listener;
  });
  return message && messageSync && invoke ? { message, messageSync, invoke } : undefined;
}

/** Whether Electron's dispatcher has completed an event as ours are. */
export function isKnownEvent(kind: DirectKind, event: object, { form }: Sender): boolean {
  const senderFrame = Object.getOwnPropertyDescriptor(event, 'senderFrame');
  const reply = Object.getOwnPropertyDescriptor(event, 'reply');
  if (!form.frame && (shapeOf(senderFrame?.get) !== senderFrameShape || senderFrame?.enumerable)) {
    return false;
  }
  return kind === 'invoke' ? reply === undefined : shapeOf(reply?.value) === replyShape;
}

/** The source of a function, whatever one-letter names a minifier gave it. */
function shapeOf(code: unknown): string {
  const names = new Map<string, string>();
  return String(code).replace(/(?<!(?<!\.\.)\.|[\w$])[a-z](?![\w$])/g, (name) => {
    const known = names.get(name) ?? String.fromCharCode(97 + names.size);
    names.set(name, known);
    return known;
  });
}
