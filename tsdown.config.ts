import { defineConfig, type TsdownPlugin, type UserConfig } from 'tsdown';
import { licenses } from './scripts/licenses.ts';

/** Public entries: CommonJS with declarations, and an ES module face of the same instance. */
const entries = {
  index: 'lib/index.ts',
  main: 'lib/main.ts',
  renderer: 'lib/renderer.ts',
  register: 'lib/register.ts',
};
/** Most of main's half, which dist/register.cjs requires with the first window. */
const takeover = { takeover: 'lib/electron/main/takeover.ts' };
/** Required by dist/preload.cjs in frames with a ring. One file: each document reads it anew. */
const ring = { ring: 'lib/electron/renderer/ring.ts' };
/** Stands in for Electron in processes that are not its own. */
const outside = { outside: 'lib/electron/outside.ts' };
/** `npx ringwire doctor`: each alone, so that what applications load is cut as without it. */
const doctor = {
  cli: 'lib/doctor/cli.ts',
  'doctor-peer': 'lib/doctor/peer.ts',
  'doctor-main': 'lib/doctor/electron/main.ts',
  'doctor-preload': 'lib/doctor/electron/preload.ts',
};
/** Alone, so that it shares no chunk with the others: a sandboxed preload cannot require files. */
const preload = { preload: 'lib/preload.ts' };

/** All that dist/renderer.cjs loads: nothing of Node, since a sandboxed preload may contain it. */
const rendererParts = {
  name: 'renderer-parts',
  test: /lib\/(core\/errors|electron\/(protocol|renderer\/(path|shared-buffer)))\.ts$/,
};

const common = {
  format: 'cjs',
  target: 'node18',
  platform: 'node',
  outDir: 'dist',
  hash: false,
  // Overwritten in place, so that what runs meanwhile misses nothing; `npm pack` starts clean.
  clean: false,
  report: false,
  deps: { neverBundle: ['electron'] },
  // What applications load has no docstrings; its declarations have them.
  outputOptions: { strict: true, comments: { jsdoc: false } },
} satisfies UserConfig;

const config: UserConfig[] = defineConfig([
  {
    ...common,
    name: 'entries',
    entry: { ...entries, ...takeover },
    dts: { oxc: true },
    outputOptions: { ...common.outputOptions, codeSplitting: { groups: [rendererParts] } },
    deps: { neverBundle: ['electron', './takeover.cjs'] },
    // Its file lies beside the others in dist, wherever its source is.
    inputOptions: { makeAbsoluteExternalsRelative: false },
    plugins: [electronIfAny(), esModuleFaces(), licenses('licenses.txt')],
  },
  {
    ...common,
    name: 'preload',
    entry: preload,
    dts: false,
  },
  {
    ...common,
    name: 'ring',
    entry: ring,
    dts: false,
  },
  { ...common, name: 'outside', entry: outside, dts: false },
  ...Object.entries(doctor).map(([name, source]) => ({
    ...common,
    name,
    entry: { [name]: source },
    dts: false,
    plugins: [licenses(`licenses-${name}.txt`)],
    deps: { neverBundle: ['electron', './main.cjs', './index.cjs'] },
  })),
]);
export default config;

/**
 * Writes `name.mjs` and `name.d.mts` beside every public `name.cjs`. They only re-export it, by
 * name, so that `import` and `require` in one process meet the same state (and `instanceof` holds).
 */
function esModuleFaces(): TsdownPlugin {
  return {
    name: 'es-module-faces',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !chunk.isEntry || !(chunk.name in entries)) continue;
        if (!chunk.fileName.endsWith('.cjs')) continue;
        const { name, fileName, exports } = chunk;
        if (exports.includes('default')) throw new Error(`${name} has a default export`);
        const code = exports.length
          ? `export { ${exports.toSorted().join(', ')} } from './${fileName}';\n`
          : `import './${fileName}';\n`;
        this.emitFile({ type: 'asset', fileName: `${name}.mjs`, source: code });
        const types = exports.length ? `export * from './${fileName}';\n` : 'export {};\n';
        this.emitFile({ type: 'asset', fileName: `${name}.d.mts`, source: types });
      }
    },
  };
}

/** Lets the entries load in a process that is not Electron's, to be looked at or mocked there. */
function electronIfAny(): TsdownPlugin {
  return {
    name: 'electron-if-any',
    renderChunk(code, chunk) {
      if (!chunk.imports.includes('electron') || !chunk.fileName.endsWith('.cjs')) return undefined;
      const conditional = '(process.type ? require("electron") : require("./outside.cjs"))';
      const changed = code.replaceAll('require("electron")', conditional);
      if (changed === code) throw new Error(`${chunk.fileName} does not require electron`);
      return changed;
    },
  };
}
