const log = require('electron-log/renderer');
const { onGo } = require('#journal');
const { useLog } = require('./use-log.cjs');

onGo('node', (journal) => useLog(log, journal, 'node'));
