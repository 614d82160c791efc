import { parity } from './harness/parity.ts';

await parity('values');
