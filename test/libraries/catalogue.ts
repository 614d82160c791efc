/** One flow: what applications use a library for, run on stock and on ringwire. */
export interface Flow {
  /** Its folder below flows/, and the name of its test. */
  readonly folder: string;
  /** The packages it is about, as package.json has them. */
  readonly libraries: readonly string[];
  /** Its page has no Node: page.mjs is bundled with the libraries it uses. */
  readonly bundled?: true;
}

export const flows: readonly Flow[] = [
  { folder: 'electron-remote', libraries: ['@electron/remote'] },
  {
    folder: 'electron-trpc',
    libraries: ['electron-trpc', '@trpc/server', '@trpc/client'],
    bundled: true,
  },
  { folder: 'tipc', libraries: ['@egoist/tipc'] },
  { folder: 'electron-store', libraries: ['electron-store'] },
  { folder: 'electron-log', libraries: ['electron-log'], bundled: true },
  { folder: 'electron-redux', libraries: ['electron-redux', 'redux'] },
  { folder: 'zutron', libraries: ['zutron', 'zustand', 'react'], bundled: true },
  { folder: 'electron-better-ipc', libraries: ['electron-better-ipc'] },
  { folder: 'electron-promise-ipc', libraries: ['electron-promise-ipc'] },
  { folder: 'electron-unhandled', libraries: ['electron-unhandled'] },
  { folder: 'electron-prompt', libraries: ['electron-prompt'] },
];
