/** The doctor's channels; an application that is loaded with it uses others. */
export const channels = {
  begin: 'doctor:begin',
  step: 'doctor:step',
  end: 'doctor:end',
  send: 'doctor:send',
  sync: 'doctor:sync',
  invoke: 'doctor:invoke',
  fail: 'doctor:fail',
  unknown: 'doctor:unknown',
  reply: 'doctor:reply',
  push: 'doctor:push',
  port: 'doctor:port',
  pushPort: 'doctor:push-port',
  peer: 'doctor:peer',
  heard: 'doctor:heard',
  host: 'doctor:host',
} as const;

/** Main to a window: begin. */
export interface Begin {
  /** Another window's id, for `sendTo`; undefined where this Electron has none. */
  readonly peer: number | undefined;
  /** Where this preload is, for a page in a page. */
  readonly preload: string;
}

/** A window to main: what it saw. */
export interface End {
  readonly observations: Record<string, string>;
  readonly speeds: Record<string, number>;
}
