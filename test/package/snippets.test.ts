import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { addressOf } from '../../lib/node/address.ts';
import { root } from '../../scripts/run.ts';
import { until } from '../helpers/until.ts';

/** The JavaScript in documents that people copy. */
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const snippets = documents.flatMap((document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const blocks = [...text.matchAll(/^```js\n(.*?)^```/gms)];
  return blocks.map(([, code = ''], index) => ({ title: `${document} ${index + 1}`, code }));
});

/** `// name.mjs` in the first line. */
const nameOf = (code: string): string | undefined => /^\/\/ ([\w-]+\.\w+)/.exec(code)?.[1];

const folder = join(inject('installed'), 'snippets');

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  for (const [index, { code }] of snippets.entries()) {
    const name = nameOf(code) ?? `${index}.${code.includes('import ') ? 'mjs' : 'cjs'}`;
    await writeFile(join(folder, name), code);
  }
});

describe('JavaScript in the documents', () => {
  it.each(snippets)('$title can be read', async ({ code }) => {
    const input = `async () => {${code.replaceAll(/^import .*$/gm, '')}\n}`;
    const { exitCode, stderr } = await execa('node', ['--check', '-'], { input, reject: false });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it('docs/node.md: the client prints what the server answers', async () => {
    const server = execa('node', ['server.mjs'], { cwd: folder, reject: false });
    const address = addressOf('com.example.app');
    await until(() => readFileSync('/proc/net/unix', 'utf8').includes(address), 'it listens');
    try {
      const { stdout } = await execa('node', ['client.mjs'], { cwd: folder });
      expect(stdout).toBe(`3\n${process.version}`);
    } finally {
      server.kill('SIGKILL');
      await server;
    }
  });

  it('docs/node.md: the parent prints what its child answers', async () => {
    const { stdout } = await execa('node', ['parent.mjs'], { cwd: folder });
    expect(stdout).toBe('true 3');
  });
});
