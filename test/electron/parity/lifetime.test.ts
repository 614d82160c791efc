import { parity } from '../harness/runner/parity.ts';

await parity('lifetime');
