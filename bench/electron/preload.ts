/** The preload of the windows that may load native code. */
import { path } from 'ringwire/renderer';
import { electronScenarios } from '../scenarios/electron.ts';
import { feelScenarios } from '../scenarios/feel.ts';
import { growthScenarios } from '../scenarios/growth.ts';
import { startPage } from './page.ts';

startPage([...electronScenarios, ...growthScenarios, ...feelScenarios], path);
