/**
 * What Electron's native side gives the event of a message before its dispatcher completes it:
 * `frameId` and `processId` at least. Learned from real events, so that no version is asked for.
 */
export interface EventForm {
  /** `type` is 'frame'; since version 35. */
  readonly type: boolean;
  /** `sender`; since version 36, where the session dispatches. */
  readonly sender: boolean;
  /** `senderFrame` and `frameTreeNodeId`; since version 33. */
  readonly frame: boolean;
}

/** Every form that is known, by the event's own properties; those that ask have a reply channel. */
const forms: ReadonlyMap<string, EventForm> = new Map([
  ['frameId processId', { type: false, sender: false, frame: false }],
  ['senderFrame frameId processId frameTreeNodeId', { type: false, sender: false, frame: true }],
  [
    'type senderFrame frameId processId frameTreeNodeId',
    { type: true, sender: false, frame: true },
  ],
  [
    'type sender senderFrame frameId processId frameTreeNodeId',
    { type: true, sender: true, frame: true },
  ],
]);

/**
 * The form of an event that Electron's native side has made, whether or not its dispatcher has
 * completed it. Undefined: no known Electron has such events.
 */
export function findForm(event: object): EventForm | undefined {
  const names = nativeNames(event);
  return forms.get(names.join(' '));
}

/** @throws Error that names the event's properties, where {@link findForm} finds none */
export function formOf(event: object): EventForm {
  const form = findForm(event);
  if (form) return form;
  const names = nativeNames(event).join(', ');
  throw new Error(`The events of this Electron have other properties: ${names}.`);
}

/** Without the reply channel, which not all events have, and what the dispatcher adds. */
function nativeNames(event: object): string[] {
  const names = Object.keys(event).filter((name) => name !== '_replyChannel' && name !== 'reply');
  return names.at(-1) === 'sender' ? names.slice(0, -1) : names;
}
