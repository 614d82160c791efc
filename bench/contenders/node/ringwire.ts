import { fork, parent } from 'ringwire';
import type { Value } from '../../scenarios/scenario.ts';
import type { NodeContender } from '../contender.ts';

export const ringwire: NodeContender = {
  id: 'ringwire',
  title: 'ringwire',
  can: ['callSync', 'request', 'post'],
  async connect({ script, env }) {
    const { peer } = await fork(script, [], { env });
    return {
      callSync: (value) => peer.sendSync<Value>('call', value),
      request: (value) => peer.invoke<Value>('request', value),
      post: (value) => peer.send('post', value),
      close: () => peer.close(),
    };
  },
  async serve(service) {
    const peer = await parent();
    peer.on('call', (event, value: Value) => {
      event.returnValue = service.answer(value);
    });
    peer.handle('request', (_event, value: Value) => service.answer(value));
    peer.on('post', (_event, value: Value) => service.receive(value));
    void peer.closed.then(() => process.exit()); // also when the caller was killed
  },
};
