/** Electron's dispatchers, after its sources of the versions named; without what errors become. */
import type { EventEmitter } from 'node:events';
import type { Contents, DispatchedEvent, Electron, IpcMain } from './stand-in-types.ts';

/** lib/browser/api/web-contents.ts of 22.3.27, 25.9.8 and 34.5.8. */
export function addContentsListeners(electron: Electron, contents: Contents): void {
  const addSender = (event: DispatchedEvent) => {
    event.sender = contents;
    if (electron.forms.event?.includes('senderFrame')) return;
    const { processId, frameId } = event;
    Object.defineProperty(event, 'senderFrame', {
      get: () => electron.frames.find((f) => f.processId === processId && f.routingId === frameId),
    });
  };
  type Given = [event: DispatchedEvent, internal: boolean, channel: string, args: unknown[]];
  contents.on('-ipc-message', (...[event, internal, channel, args]: Given) => {
    addSender(event);
    deliver(electron, 'ipc-message', event, internal, channel, args);
  });
  contents.on('-ipc-message-sync', (...[event, internal, channel, args]: Given) => {
    addSender(event);
    addReturnValue(electron, event);
    deliver(electron, 'ipc-message-sync', event, internal, channel, args);
  });
  // The sources differ in what answers, and ringwire reads them.
  const byEvent = (...[event, internal, channel, args]: Given) => {
    addSender(event);
    event._reply = (result) => event.sendReply({ result });
    handlerOf(electron, event, internal, channel)?.(event, ...args);
  };
  const byChannel = async (...[event, internal, channel, args]: Given) => {
    addSender(event);
    const result = await handlerOf(electron, event, internal, channel)?.(event, ...args);
    event._replyChannel.sendReply({ result });
  };
  contents.on('-ipc-invoke', electron.forms.reply === 'event' ? byEvent : byChannel);
  contents.on('-ipc-ports', (...[event, , channel, message, ports]: [...Given, unknown[]]) => {
    addSender(event);
    deliverPorts(electron, event, channel, message, ports);
  });
}

/** lib/browser/ipc-dispatch.ts of 35.7.5, for service workers alone, and of 36.9.5. */
export function addSessionListeners(electron: Electron, session: EventEmitter): void {
  const ofFrame = ({ type }: DispatchedEvent) =>
    electron.forms.emitter === 'session' && type === 'frame';
  const toWorker = ({ type }: DispatchedEvent, channel: string, args: unknown[]) => {
    if (type === 'service-worker') session.emit('to the ipc of the worker', channel, args);
  };
  type Given = [event: DispatchedEvent, channel: string, args: unknown[]];
  session.on('-ipc-message', (...[event, channel, args]: Given) => {
    const internal = electron.isInternal(event);
    if (!ofFrame(event)) toWorker(event, channel, args);
    else deliver(electron, 'ipc-message', event, internal, channel, args);
  });
  session.on('-ipc-message-sync', (...[event, channel, args]: Given) => {
    addReturnValue(electron, event);
    const internal = electron.isInternal(event);
    if (!ofFrame(event)) toWorker(event, channel, args);
    else deliver(electron, 'ipc-message-sync', event, internal, channel, args);
  });
  session.on('-ipc-invoke', async (...[event, channel, args]: Given) => {
    if (!ofFrame(event)) {
      toWorker(event, channel, args);
      return;
    }
    const handler = handlerOf(electron, event, electron.isInternal(event), channel);
    event._replyChannel.sendReply({ result: await handler?.(event, ...args) });
  });
  session.on('-ipc-ports', (...[event, channel, message, ports]: [...Given, unknown[]]) => {
    if (!ofFrame(event)) toWorker(event, channel, [message]);
    else deliverPorts(electron, event, channel, message, ports);
  });
  if (electron.forms.host !== 'session') return;
  session.on('-ipc-message-host', (...[event, channel, args]: Given) => {
    event.sender.emit('-ipc-message-host', event, channel, args);
  });
}

/** What every version does with a message, each at its place. */
function deliver(
  electron: Electron,
  name: string,
  event: DispatchedEvent,
  internal: boolean,
  channel: string,
  args: unknown[],
): void {
  if (internal) {
    electron.ipcMainInternal.emit(channel, event, ...args);
    return;
  }
  const { processId, frameId } = event;
  event.reply = (to, ...values) => {
    event.sender.sendToFrame([processId, frameId], to, ...values);
  };
  event.sender.emit(name, event, channel, ...args);
  for (const ipc of receiversOf(electron, event)) ipc?.emit(channel, event, ...args);
}

function deliverPorts(
  electron: Electron,
  event: DispatchedEvent,
  channel: string,
  message: unknown,
  ports: unknown[],
): void {
  event.ports = ports;
  for (const ipc of receiversOf(electron, event)) ipc?.emit(channel, event, message);
}

function receiversOf(electron: Electron, event: DispatchedEvent): (IpcMain | undefined)[] {
  const { processId, frameId, frameTreeNodeId } = event;
  const frame = electron.frames.find((one) =>
    electron.forms.frameIpc === 'tree'
      ? one.frameTreeNodeId === frameTreeNodeId
      : one.processId === processId && one.routingId === frameId,
  );
  return [frame?.ipc, event.sender.ipc, electron.ipcMain];
}

function handlerOf(electron: Electron, event: DispatchedEvent, internal: boolean, channel: string) {
  const targets = internal ? [electron.ipcMainInternal] : receiversOf(electron, event);
  const target = targets.find((one) => one?._invokeHandlers.has(channel));
  return target?._invokeHandlers.get(channel);
}

function addReturnValue(electron: Electron, event: DispatchedEvent): void {
  Object.defineProperty(event, 'returnValue', {
    set: (value) => {
      if (electron.forms.reply === 'event') event.sendReply(value);
      else event._replyChannel.sendReply(value);
    },
    get: () => {},
  });
}
