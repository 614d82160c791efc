/**
 * What an application is given for Electron's `ipcMain` and `ipcRenderer`, in the built
 * declarations, next to the types of several Electrons: each in a program of its own, where
 * 'electron' means that version, also inside of ringwire's declarations.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, inject, it } from 'vitest';
import { root } from '../../scripts/run.ts';

const newest = join(root, 'node_modules/electron/electron.d.ts');
const electrons = { newest, 25: inject('electron25') };

/** A file of an application that never touches the disk. */
const application = join(root, 'application.ts');
const imports = [
  "import { ipcMain } from 'ringwire/main';",
  "import { ipcRenderer } from 'ringwire/renderer';",
  "import type { IpcMain, IpcRenderer } from 'electron';",
];

/** What TypeScript says about the application and ringwire, as `line: message`. */
function compile(electron: string, lines: readonly string[]): string[] {
  const program = programOf(electron, lines);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => !file?.fileName.includes('node_modules'))
    .map(({ file, start = 0, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, ' ');
      if (file === undefined) return message;
      const line = file.getLineAndCharacterOfPosition(start).line + 1;
      return file.fileName === application ? `${line}: ${message}` : `${file.fileName} ${message}`;
    });
}

function programOf(electron: string, lines: readonly string[]): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    strict: true,
    noEmit: true,
    types: [],
    paths: { electron: [electron] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  const text = [...imports, ...lines].join('\n');
  host.fileExists = (name) => name === application || fileExists(name);
  host.readFile = (name) => (name === application ? text : readFile(name));
  host.getSourceFile = (name, version, ...rest) =>
    name === application
      ? ts.createSourceFile(name, text, version)
      : getSourceFile(name, version, ...rest);
  return ts.createProgram([application], options, host);
}

/** The members of an interface in Electron's declarations, own and inherited, that have names. */
function membersOf(electron: string, name: 'IpcMain' | 'IpcRenderer'): string[] {
  const program = programOf(electron, [`export type Members = ${name};`]);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(application) as ts.SourceFile;
  const alias = source.statements.find(ts.isTypeAliasDeclaration) as ts.TypeAliasDeclaration;
  const members = checker.getPropertiesOfType(checker.getTypeAtLocation(alias.name));
  return members.map((member) => member.name).filter((name) => /^[a-z]\w*$/i.test(name));
}

describe.each(Object.entries(electrons))('with the types of Electron %s', (which, electron) => {
  it('are those of that Electron', () => {
    const { version } = JSON.parse(readFileSync(join(electron, '../package.json'), 'utf8'));
    const files = programOf(electron, [])
      .getSourceFiles()
      .map(({ fileName }) => fileName);
    expect(files.filter((name) => name.endsWith('electron.d.ts'))).toEqual([electron]);
    if (which === '25') expect(version).toMatch(/^25\./);
    expect(membersOf(electron, 'IpcRenderer').includes('sendTo')).toBe(which === '25');
  });

  it("ringwire's ipcMain and ipcRenderer are Electron's, without any error", () => {
    const errors = compile(electron, [
      'export const main: Electron.IpcMain = ipcMain;',
      'export const renderer: Electron.IpcRenderer = ipcRenderer;',
      'export const back: typeof ipcMain = main;',
      'export const forth: typeof ipcRenderer = renderer;',
    ]);
    expect(errors).toEqual([]);
  });

  it('a missing member would be an error, whichever it is', () => {
    for (const [name, value] of [
      ['IpcMain', 'ipcMain'],
      ['IpcRenderer', 'ipcRenderer'],
    ] as const) {
      const members = membersOf(electron, name);
      expect(members).toContain('removeAllListeners');
      const lacking = members.map(
        (member) =>
          `export const ${member}: ${name} = {} as Omit<typeof ${value}, ${JSON.stringify(member)}>;`,
      );
      const lines = compile(electron, lacking).map((error) => Number.parseInt(error, 10));
      expect(lines).toEqual(members.map((_, index) => imports.length + 1 + index));
    }
  });
});
