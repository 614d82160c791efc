/**
 * Ways to carry messages in plain Node. Of those that can do what a scenario needs, the first is the
 * baseline. A new one is a file and a line.
 */
import type { NodeContender } from './contender.ts';
import { childAdvanced, childJson } from './node/child-process.ts';
import { messagePort } from './node/message-port.ts';
import { ringwire } from './node/ringwire.ts';
import { synckit } from './node/synckit.ts';
import { unixSocket } from './node/unix-socket.ts';

export const nodeContenders: readonly NodeContender[] = [
  childJson,
  childAdvanced,
  unixSocket,
  messagePort,
  synckit,
  ringwire,
];
