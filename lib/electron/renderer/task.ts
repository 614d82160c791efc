// As it was before any script of the page could replace it.
const Channel = globalThis.MessageChannel;

const waiting: Array<() => void> = [];
let port: MessagePort | undefined;

/**
 * Runs a function in a task of its own, after those before it. A task of the document: Node's loop,
 * and with it `setImmediate`, may stand still in a renderer with several documents, or run while
 * JavaScript is forbidden.
 */
export function inTask(run: () => void): void {
  waiting.push(run);
  port ??= listen();
  port.postMessage(undefined);
}

function listen(): MessagePort {
  const { port1, port2 } = new Channel();
  port1.onmessage = () => waiting.shift()?.();
  return port2;
}
