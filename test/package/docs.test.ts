import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { errorTable } from '../../lib/core/errors.ts';
import { root } from '../../scripts/run.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'native', 'bench', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ),
];

/** What a document links to. */
function linksOf(name: string): string[] {
  return [...read(name).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
}

/** Files of this repository by their address, as documents have to name them that npm shows. */
const absolute = /^https:\/\/github\.com\/ringwire\/ringwire\/(?:blob|raw)\/main\/(.*)$/;

const isRelative = (target: string): boolean => !/^(https?:|mailto:)/.test(target);

/** A link's file and heading, from the root of the repository; undefined: it leads elsewhere. */
function destination(from: string, link: string): [file: string, heading: string] | undefined {
  const [target = '', heading = ''] = link.split('#');
  if (target === '') return [from, heading];
  if (isRelative(target)) return [join(dirname(from), target), heading];
  const [, file] = absolute.exec(target) ?? [];
  return file === undefined ? undefined : [file, heading];
}

/** The names under which GitHub links to the headings of a document. */
function headingsOf(name: string): string[] {
  const headings = [...read(name).matchAll(/^#+ (.*)$/gm)].map(([, text]) => text ?? '');
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** Files and folders of this repository, from its root. */
function sourcesNamedIn(name: string): string[] {
  const named = read(name).matchAll(/`((?:lib|native|bench|scripts|test)\/[\w./-]+)`/g);
  return [...named].map(([, source]) => source ?? '');
}

/** The rows of each table, without its head. */
function tablesOf(text: string): string[][] {
  return [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => table.trim().split('\n').slice(2));
}

function scriptsOf(file: string): Record<string, string> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).scripts : {};
}

describe.each(documents)('%s', (name) => {
  it('names only npm scripts that exist', () => {
    // An example has scripts of its own.
    const own = join(root, dirname(name), 'package.json');
    const scripts = { ...manifest.scripts, ...scriptsOf(own) };
    const named = [...read(name).matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(test)\b)/g)];
    const missing = named
      .map(([, script, test]) => script ?? test ?? '')
      .filter((script) => !(script in scripts));
    expect(missing).toEqual([]);
  });

  it('names only sources that exist', () => {
    const missing = sourcesNamedIn(name).filter((source) => !existsSync(join(root, source)));
    expect(missing).toEqual([]);
  });

  it('links only to files and headings that exist', () => {
    const missing = linksOf(name).filter((link) => {
      const [file, heading] = destination(name, link) ?? [];
      if (file === undefined) return false;
      if (!existsSync(join(root, file))) return true;
      return heading && file.endsWith('.md') && !headingsOf(file).includes(heading);
    });
    expect(missing).toEqual([]);
  });
});

it('the README has relative links only to what npm has too', () => {
  const folder = join(inject('installed'), 'node_modules/ringwire');
  const relative = linksOf('README.md')
    .filter(isRelative)
    .map((link) => link.split('#')[0] ?? '');
  expect(relative.length).toBeGreaterThan(0);
  expect(relative.filter((target) => !existsSync(join(folder, target)))).toEqual([]);
});

it('no table of the README has more than six rows', () => {
  const tables = tablesOf(read('README.md'));
  expect(tables.length).toBeGreaterThan(0);
  expect(tables.filter((rows) => rows.length > 6)).toEqual([]);
});

it('the glossary has at most 15 words, each once', () => {
  const [, glossary = ''] = read('docs/architecture.md').split('\n## Glossary\n');
  const [rows = []] = tablesOf(glossary);
  const words = rows.map((row) => row.split('|')[1]?.trim());
  expect(words.length).toBeGreaterThan(0);
  expect(words.length).toBeLessThanOrEqual(15);
  expect(new Set(words).size).toBe(words.length);
});

it('docs/architecture.md names sources', () => {
  expect(sourcesNamedIn('docs/architecture.md').length).toBeGreaterThan(10);
});

it('the README and docs/ show every entry point', () => {
  const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
  const names = entries.map((entry) => entry.replace(/^\./, 'ringwire'));
  const text = ['README.md', 'docs/electron.md', 'docs/node.md'].map(read).join('\n');
  const code = [...text.matchAll(/```(?:js|ts)\n([\s\S]*?)```/g)].join('\n');
  expect(names.filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});

it('the index of docs/ names every document in it', () => {
  const index = read('docs/README.md');
  const others = readdirSync(join(root, 'docs')).filter((name) => /^(?!README).*\.md$/.test(name));
  expect(others.filter((name) => !index.includes(`(${name})`))).toEqual([]);
});

it('the README has the two command lines', () => {
  expect(read('README.md')).toContain('npm ci && npm run setup && npm run demo');
  expect(read('README.md')).toContain('npm ci && npm run setup && npm test');
});

it('docs/troubleshooting.md explains every reason and every variable of the environment', () => {
  const text = read('docs/troubleshooting.md');
  const [, union = ''] = /type StockReason =([^;]*);/.exec(read('lib/electron/protocol.ts')) ?? [];
  const reasons = [...union.matchAll(/'([\w-]+)'/g)].map(([, reason]) => reason);
  expect(reasons.length).toBeGreaterThan(0);
  expect(reasons.filter((reason) => !text.includes(`| \`${reason}\` |`))).toEqual([]);

  const sources = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`lib/${name}`));
  const named = sources.flatMap((source) => [...source.matchAll(/\bRINGWIRE(?:_[A-Z]+)*\b/g)]);
  const variables = new Set(named.map(([variable]) => variable));
  // From fork() to its child, and from the doctor to the Electron that it starts.
  const internal = /^RINGWIRE_(PARENT|DOCTOR)/;
  const settings = [...variables].filter((name) => !internal.test(name));
  expect(settings.length).toBeGreaterThan(4);
  expect(settings.filter((name) => !text.includes(`| \`${name}`))).toEqual([]);
});

it('every error code is explained in docs/errors.md, and no other', () => {
  const explained = [...read('docs/errors.md').matchAll(/`(ERR_RINGWIRE_\w+)`/g)];
  expect([...new Set(explained.map(([, code]) => code))].sort()).toEqual(
    Object.keys(errorTable).sort(),
  );
});

it('the changelog has an entry for this version', () => {
  expect(read('CHANGELOG.md')).toContain(`## [${manifest.version}]`);
});
