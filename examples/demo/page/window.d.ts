import type { DemoBridge } from '../protocol.ts';

declare global {
  interface Window {
    readonly demo: DemoBridge;
  }
}
