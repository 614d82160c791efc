/**
 * Switches an Electron application over to ringwire, its code unchanged. One line in the main
 * process, before the first window opens:
 *
 * ```js
 * require('ringwire/register');
 * ```
 */
import { register } from './electron/main/register.ts';

// Tests and processes that run as Node load the same file; there is nothing to switch over.
if (process.type) register();
