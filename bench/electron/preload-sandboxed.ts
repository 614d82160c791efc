/** The preload of sandboxed windows, where nothing of Node can be required. */

import { sandboxedScenarios } from '../scenarios/sandboxed.ts';
import { sandboxedFeelScenarios } from '../scenarios/sandboxed-feel.ts';
import { startPage } from './page.ts';

startPage([...sandboxedScenarios, ...sandboxedFeelScenarios]);
