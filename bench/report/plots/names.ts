/** Files beside results.json. */
export const plotNames = {
  electron: 'electron-time.svg',
  electronRatio: 'electron-ratio.svg',
  electronCpu: 'electron-cpu.svg',
  node: 'node-time.svg',
} as const;
