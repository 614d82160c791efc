const unhandled = require('electron-unhandled');

/** Errors that nobody caught in a window reach the logger in main. */
module.exports = async ({ log, open, ended, seen }) => {
  const logger = ({ name, message }) =>
    log(name, message.includes('given up') ? 'given up' : message);
  unhandled({ showDialog: false, logger });
  const webPreferences = { nodeIntegration: true, contextIsolation: false };
  await open({ preload: 'page.cjs', webPreferences });
  await ended('page');
  for (const line of ['Error "thrown"', 'Error "rejected"', 'NonError "given up"']) {
    await seen('main', line);
  }
  unhandled.logError(new Error('of main'));
};
