/** Scenarios in plain Node, in the order of tables and plots. A new one is a file and a line. */
import { echo1M, echo64K } from './node/bytes.ts';
import { call } from './node/call.ts';
import { oneWay } from './node/one-way.ts';
import { request } from './node/request.ts';
import type { NodeScenario } from './scenario.ts';

export const nodeScenarios: readonly NodeScenario[] = [call, request, oneWay, echo64K, echo1M];
