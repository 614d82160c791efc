import type { WebPreferences } from 'electron';

/** A way to configure a window; most behaviour has to be the same in all of them. */
export type ContextName = 'isolated' | 'bare' | 'node' | 'sandboxed';

export const contexts: Readonly<Record<ContextName, WebPreferences>> = {
  isolated: { contextIsolation: true, nodeIntegration: false, sandbox: false },
  bare: { contextIsolation: false, nodeIntegration: false, sandbox: false },
  node: { contextIsolation: false, nodeIntegration: true, sandbox: false },
  sandboxed: { contextIsolation: true, nodeIntegration: false, sandbox: true },
};

export const everywhere: readonly ContextName[] = ['isolated', 'bare', 'node', 'sandboxed'];
