import { builtin, folder, ringwire } from './job.mjs';

/** As Forge's plugin for vite does. */
export async function buildWith({ build }, format, mainFile) {
  const bundle = (name, file, external, formats) =>
    build({
      configFile: false,
      root: folder,
      logLevel: 'warn',
      build: {
        emptyOutDir: false,
        minify: false,
        lib: { entry: `src/${name}.js`, formats, fileName: () => file },
        rollupOptions: { external: [...builtin, ...external] },
      },
      resolve: { conditions: ['node'], mainFields: ['module', 'jsnext:main', 'jsnext'] },
    });

  await bundle('main', mainFile, ringwire, [format]);
  await bundle('preload', 'own-preload.cjs', [], ['cjs']);
}
