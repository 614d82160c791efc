import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TsdownPlugin } from 'tsdown';

/** For tsdown: the licences of the packages that are built in, which ask to be passed on with them. */
export function licenses(fileName: string): TsdownPlugin {
  return {
    name: 'licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) =>
        chunk.type === 'chunk' ? Object.keys(chunk.modules) : [],
      );
      const packages = modules.map((id) =>
        /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(id),
      );
      const folders = new Set(packages.flatMap((found) => (found ? [found[0]] : [])));
      if (folders.size === 0) return;
      const texts = [...folders].toSorted().map((folder) => {
        const file = ['LICENSE', 'LICENSE.md'].map((name) => join(folder, name)).find(existsSync);
        if (!file) throw new Error(`${folder} has no licence`);
        const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        return `${name}\n\n${readFileSync(file, 'utf8').trim()}\n`;
      });
      this.emitFile({ type: 'asset', fileName, source: texts.join('\n---\n\n') });
    },
  };
}
