import type { Results } from '../harness/results.ts';
export interface Plot {
  name: string;
  alt: string;
  svg: string;
}
export async function plots(_results: Results): Promise<Plot[]> {
  return [];
}
