import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTable } from '../../lib/core/errors.ts';
import { root } from '../../scripts/run.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'native', 'bench']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(folder, name)),
    ),
];

describe.each(documents)('%s', (name) => {
  it('names only npm scripts that exist', () => {
    const named = [...read(name).matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(test)\b)/g)];
    const missing = named
      .map(([, script, test]) => script ?? test ?? '')
      .filter((script) => !(script in manifest.scripts));
    expect(missing).toEqual([]);
  });

  it('links only to files that exist', () => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)];
    const missing = links
      .map(([, target]) => target ?? '')
      .filter((target) => !existsSync(join(root, dirname(name), target)));
    expect(missing).toEqual([]);
  });
});

it('the README names only sources that exist', () => {
  const named = [...read('README.md').matchAll(/`((?:lib|native|bench)\/[\w./-]+)`/g)];
  const missing = named
    .map(([, name]) => name ?? '')
    .filter((name) => !existsSync(join(root, name)));
  expect(named.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

it('the README shows every entry point', () => {
  const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
  const names = entries.map((entry) => entry.replace(/^\./, 'ringwire'));
  const code = [...read('README.md').matchAll(/```(?:js|ts)\n([\s\S]*?)```/g)].join('\n');
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

it('every error code is explained in docs/errors.md, and no other', () => {
  const explained = [...read('docs/errors.md').matchAll(/`(ERR_RINGWIRE_\w+)`/g)];
  expect([...new Set(explained.map(([, code]) => code))].sort()).toEqual(
    Object.keys(errorTable).sort(),
  );
});

it('the changelog has an entry for this version', () => {
  expect(read('CHANGELOG.md')).toContain(`## [${manifest.version}]`);
});
