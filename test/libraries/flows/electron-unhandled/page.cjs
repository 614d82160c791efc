const unhandled = require('electron-unhandled');
const { onGo } = require('#journal');

unhandled();

onGo('page', async ({ log }) => {
  const next = (name) => new Promise((resolve) => addEventListener(name, resolve, { once: true }));
  const thrown = next('error');
  setTimeout(() => {
    throw new Error('thrown');
  });
  log('error', (await thrown).defaultPrevented);
  const rejected = next('unhandledrejection');
  Promise.reject(Object.assign(new Error('rejected'), { code: 'E_LOST' }));
  log('rejection', (await rejected).defaultPrevented);
  unhandled.logError(new Error('logged'), { title: 'A title' });
  // No message can carry this one as it is: the library catches that, and sends what it can.
  unhandled.logError({ reason: 'given up', why() {} });
  unhandled.logError('just a text');
});
