import { parity } from './harness/parity.ts';

await parity('errors');
