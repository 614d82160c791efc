const { join } = require('node:path');
const { readFileSync } = require('node:fs');
const log = require('electron-log/main');
const { withoutStack } = require('./use-log.cjs');

/** Windows log through main into one file; main's lines show on the windows' consoles. */
module.exports = async ({ folder, open, ended, seen, log: note }) => {
  const file = join(folder, 'all.log');
  log.initialize();
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.format = '[{processType}] [{level}]{scope} {text}';
  log.transports.console.level = false;
  log.transports.ipc.level = 'warn';
  log.hooks.push((message, transport) => {
    const { processType } = message.variables;
    if (transport === log.transports.file) {
      note(processType, message.level, message.scope, message.data.map(withoutStack));
    }
    return message;
  });

  // Errors that windows caught count as main's. They are the last of what a window sends.
  const written = (text) =>
    seen('main', `main "error" undefined Array(2)["Unhandled rejection", Error("Error: ${text}"`);

  const node = { nodeIntegration: true, contextIsolation: false };
  await open({ preload: 'preload.cjs', webPreferences: node });
  await Promise.all([ended('node'), written('rejected in node')]);
  await open({ html: 'page.html' });
  await Promise.all([ended('page'), written('rejected in page')]);
  log.info('not for windows');
  log.warn('for windows', { nested: { map: new Map([[1, 2]]) } });
  log.scope('net').error('down', new Error('no route'));
  const last = 'console error "net"';
  await Promise.all([seen('node:main', last), seen('page:main', last)]);
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !/^\s+at /.test(line));
  for (const line of lines) note('file', line);
};
