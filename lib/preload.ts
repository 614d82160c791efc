/**
 * The session preload. It runs in every frame before the application's own preload, also in a
 * sandboxed one, whose `require` knows only a few names. So it is built into one file, and what
 * only frames with a ring need is in another, which main names to them.
 */
import { ipcRenderer } from 'electron';
import { PRIVATE_CHANNEL, type StockNotice } from './electron/protocol.ts';
import { BatchingRenderer, batchingMethods } from './electron/renderer/batch/batching.ts';
import { heardErrors } from './electron/renderer/batch/heard-error.ts';
import {
  emitterFromMain,
  interceptPrivate,
  pickMethods,
  replaceMethods,
} from './electron/renderer/hooks.ts';
import { join } from './electron/renderer/join.ts';
import { setRendererPath } from './electron/renderer/path.ts';

if (process.sandboxed) {
  const stock = pickMethods();
  const errorOf = heardErrors(ipcRenderer.emit);
  const batching = new BatchingRenderer(stock, emitterFromMain(stock));
  interceptPrivate(
    (message, ports) => {
      if (message[0] === 'accept-batches') {
        setRendererPath({ path: 'stock', reason: 'sandboxed', batched: true });
      }
      batching.fromStock(message, ports);
    },
    (deliver) => batching.delay(deliver),
  );
  replaceMethods(batchingMethods(batching, stock, errorOf));
  setRendererPath({ path: 'stock', reason: 'sandboxed' });
  ipcRenderer.send(PRIVATE_CHANNEL, ...(['stock', 'sandboxed', undefined] satisfies StockNotice));
} else {
  join();
}
