import log from 'electron-log/renderer';
import { onGo } from '#journal';
import { useLog } from './use-log.cjs';

onGo('page', (journal) => useLog(log, journal, 'page'));
