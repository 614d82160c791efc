import 'ringwire/register'; // the one line
import { app } from 'electron';
import { followConductor } from './conducted.ts';
import { registerHandlers } from './handlers.ts';
import { openWindow } from './windows.ts';

registerHandlers();

app.on('window-all-closed', () => app.quit());
void app.whenReady().then(async () => followConductor(await openWindow('index.html')));
