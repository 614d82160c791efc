import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { folder, mode } from './job.mjs';

const installed = (name) => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));

const bundle = (name, file, externalizeDeps) => `${name}: {
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    externalizeDeps: ${externalizeDeps},
    lib: { entry: 'src/${name}.js', formats: ['cjs'] },
    rollupOptions: { output: { entryFileNames: '${file}' } },
  },
},`;

// It leaves out what package.json names as a dependency, unless told otherwise.
const config = `export default {
${bundle('main', 'main.cjs', mode === 'external')}
${bundle('preload', 'own-preload.cjs', false)}
};
`;
writeFileSync(`${folder}/electron.vite.config.mjs`, config);
// By its version electron-vite knows what to compile for.
symlinkSync(installed('electron'), `${folder}/node_modules/electron`);
execFileSync(installed('.bin/electron-vite'), ['build', '--logLevel', 'warn'], { cwd: folder });
