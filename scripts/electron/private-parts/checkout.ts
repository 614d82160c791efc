import { execa } from 'execa';

/** The sources of one version of Electron, each without line breaks and doubled spaces. */
export interface Sources {
  /** Such as `33.2.1`. */
  readonly version: string;
  /** Empty where this version has no such file. */
  text(path: string): string;
  /** As Electron has it. */
  raw(path: string): string;
}

/** The oldest and the newest major version that is looked at. */
const oldest = 20;
const newest = 45;

/**
 * Tags of a git checkout of Electron, oldest first: all releases, and of a major version that has
 * none yet its newest preview.
 */
export async function tagsOf(checkout: string): Promise<string[]> {
  const { stdout } = await execa('git', ['-C', checkout, 'tag', '--list', 'v*']);
  const tags = stdout.split('\n').filter((tag) => /^v\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(tag));
  const chosen: string[] = [];
  for (let major = oldest; major <= newest; major++) {
    const all = tags.filter((tag) => tag.startsWith(`v${major}.`)).sort(compare);
    const releases = all.filter((tag) => !tag.includes('-'));
    chosen.push(...(releases.length > 0 ? releases : all.slice(-1)));
  }
  return chosen;
}

/** Alphas, betas and nightlies sort before the release of the same numbers. */
function compare(a: string, b: string): number {
  const order = ['nightly', 'alpha', 'beta'];
  const parse = (tag: string) => {
    const [numbers = '', preview = ''] = tag.slice(1).split('-');
    const [kind = '', count = '0'] = preview.split('.');
    const rank = preview === '' ? order.length : order.indexOf(kind);
    return [...numbers.split('.').map(Number), rank, Number(count)];
  };
  const [left, right] = [parse(a), parse(b)];
  const differs = left.findIndex((value, i) => value !== right[i]);
  return differs < 0 ? 0 : (left[differs] ?? 0) - (right[differs] ?? 0);
}

/** Reads these files of each tag, some tags at a time; nothing is fetched. */
export async function* readSources(
  checkout: string,
  tags: readonly string[],
  paths: readonly string[],
): AsyncGenerator<Sources> {
  const atOnce = 25;
  for (let first = 0; first < tags.length; first += atOnce) {
    const some = tags.slice(first, first + atOnce);
    const { stdout } = await execa('git', ['-C', checkout, 'cat-file', '--batch'], {
      input: some.flatMap((tag) => paths.map((path) => `${tag}:${path}\n`)).join(''),
      env: { GIT_NO_LAZY_FETCH: '1' },
      encoding: 'buffer',
      stripFinalNewline: false,
      maxBuffer: 1 << 28,
    });
    const objects = splitBatch(Buffer.from(stdout));
    for (const tag of some) {
      const files = new Map(paths.map((path) => [path, objects.next().value ?? '']));
      const raw = (path: string): string => files.get(path) ?? '';
      const text = (path: string): string => raw(path).replaceAll(/\s+/g, ' ');
      yield { version: tag.slice(1), raw, text };
    }
  }
}

/** What `git cat-file --batch` prints: for each object a line with its size, and its bytes. */
function* splitBatch(output: Buffer): Generator<string, undefined> {
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const head = output.toString('utf8', at, end);
    at = end + 1;
    if (head.endsWith(' missing')) {
      yield '';
      continue;
    }
    const size = Number(head.split(' ').at(-1));
    yield output.toString('utf8', at, at + size);
    at += size + 1;
  }
}
