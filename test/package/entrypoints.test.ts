import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { launchElectron } from '../../scripts/electron/launch.ts';
import { root } from '../../scripts/run.ts';
import { electron } from './electron.ts';

const installed = inject('installed');

const bindings = {
  ringwire: ['RingwireError', 'connect', 'createSharedBuffer', 'fork', 'listen', 'parent'],
  'ringwire/main': ['createSharedBuffer', 'ipcMain', 'paths', 'register'],
  'ringwire/renderer': ['createSharedBuffer', 'ipcRenderer', 'path'],
};

describe('the tarball', () => {
  it('has what an application needs and nothing else', async () => {
    const names = (await readdir(join(installed, 'node_modules/ringwire'))).sort();
    expect(names).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json', 'prebuilds'],
    ]);
  });

  it('names no path of the machine that built it', async () => {
    const folder = join(installed, 'node_modules/ringwire');
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const naming: string[] = [];
    for (const file of files.filter((entry) => entry.isFile())) {
      const content = await readFile(join(file.parentPath, file.name), 'latin1');
      if (content.includes(root) || content.includes('ringwire-prebuilds-')) naming.push(file.name);
    }
    expect(naming).toEqual([]);
  });
});

it('the session preload requires nothing that a sandboxed preload does not know', async () => {
  const code = await readFile(join(installed, 'node_modules/ringwire/dist/preload.cjs'), 'utf8');
  const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
  expect(required).toEqual(['electron']);
});

it('the file of frames with a ring needs no other file', async () => {
  const code = await readFile(join(installed, 'node_modules/ringwire/dist/ring.cjs'), 'utf8');
  const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
  expect(required.sort()).toEqual(['electron', 'node:buffer', 'node:util', 'node:v8']);
});

describe.each(runtimes())('in $name', ({ command, env }) => {
  const node = async (script: string, cwd = installed): Promise<unknown> => {
    const { stdout } = await execa(command, ['-e', script], { cwd, env });
    return JSON.parse(stdout);
  };

  it.each(Object.entries(bindings))('require and import of %s give the same', async (name, own) => {
    const result = await node(`
      const required = require('${name}');
      import('${name}').then((imported) => {
        const names = Object.keys(required).sort();
        const same = names.filter((name) => imported[name] === required[name]);
        console.log(JSON.stringify({ names, same, imported: Object.keys(imported).sort() }));
      });`);
    expect(result).toEqual({ names: own, same: own, imported: own });
  });

  it('register loads little: most of it, and the addon, come with the first window', async () => {
    const loaded = await node(`
      require('ringwire/register');
      console.log(JSON.stringify(Object.keys(require.cache)));`);
    expect(loaded).toContainEqual(expect.stringMatching(/register\.cjs$/));
    expect(loaded).not.toContainEqual(expect.stringMatching(/takeover\.cjs$|\.node$/));
  });

  it.each(["require('ringwire/register')", "import('ringwire/register')"])(
    '%s does nothing',
    async (script) => {
      const { stdout, stderr } = await execa(command, ['-e', script], { cwd: installed, env });
      expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
    },
  );

  it.each([
    [
      'loader',
      `const module = require('node:module');
      const load = module._load;
      module._load = (name, ...rest) => (name === 'electron' ? mock : load(name, ...rest));`,
    ],
    ['cache', `require.cache[require.resolve('electron')] = { loaded: true, exports: mock };`],
  ])('what a test has put in the place of Electron is passed on: in the %s', async (_, put) => {
    const result = await node(
      `const mock = { ipcMain: 'a main', ipcRenderer: 'a renderer' };
      ${put}
      const both = [require('ringwire/main').ipcMain, require('ringwire/renderer').ipcRenderer];
      console.log(JSON.stringify(both));`,
      await homeWithElectron(),
    );
    expect(result).toEqual(['a main', 'a renderer']);
  });

  it('the npm package of Electron is left alone: it would download its binary', async () => {
    const script = `
      const { ipcMain } = require('ringwire/main');
      const loaded = Object.keys(require.cache).filter((name) => /[/\\\\]electron[/\\\\]/.test(name));
      console.log(JSON.stringify({ ipcMain: String(ipcMain), loaded }));`;
    const result = await node(script, await homeWithElectron());
    expect(result).toEqual({ ipcMain: 'undefined', loaded: [] });
  });

  it('register() says that it belongs elsewhere', async () => {
    const script = "require('ringwire/main').register()";
    const ended = await execa(command, ['-e', script], { cwd: installed, env, reject: false });
    expect(ended.exitCode).not.toBe(0);
    expect(ended.stderr).toContain("belongs into Electron's main process");
  });

  it('the prebuilt addon carries a synchronous call to another process', async () => {
    const script = join(import.meta.dirname, 'fixtures/call.cjs');
    const { stdout } = await execa(command, [script], { cwd: installed, env });
    expect(JSON.parse(stdout)).toEqual(['echo', 1, 'two']);
  });

  it('package.json can be required', async () => {
    expect(await node(`console.log(JSON.stringify(require('ringwire/package.json').name))`)).toBe(
      'ringwire',
    );
  });
});

describe.runIf(electron)('in an Electron application', () => {
  it('each entry is required and imported, and carries messages', async () => {
    await cp(join(import.meta.dirname, 'fixtures/app'), join(installed, 'app'), {
      recursive: true,
    });
    const run = await launchElectron({ appPath: join(installed, 'app'), timeout: 60_000 });
    const { output, timedOut } = await run.exited;
    expect(timedOut, output).toBe(false);
    const line = output.split('\n').find((text) => text.startsWith('RESULT '));
    expect(line, output).toBeDefined();
    expect(JSON.parse((line as string).slice('RESULT '.length))).toEqual({
      main: { required: true, imported: true, path: 'ring' },
      renderer: { required: true, path: 'ring' },
      natives: [expect.stringMatching(/^ringwire\./)],
      nativesInWindow: [expect.stringMatching(/^ringwire\./)],
      sync: 'sync answer',
      invoked: 'invoke answer',
    });
  });
});

/** Where Electron's npm package is installed, too, without its binary. */
async function homeWithElectron(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'ringwire-mocked-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  await cp(installed, home, { recursive: true });
  await cp(join(root, 'node_modules/electron'), join(home, 'node_modules/electron'), {
    recursive: true,
    filter: (name) => !/\/electron\/(dist|path\.txt)$/.test(name),
  });
  return home;
}

function runtimes(): { name: string; command: string; env: Record<string, string> }[] {
  const node = { name: 'Node', command: process.execPath, env: {} };
  if (!electron) return [node];
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  return [node, { name: "Electron's Node", command: electron.path, env }];
}
