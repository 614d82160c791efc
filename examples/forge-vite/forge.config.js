const { cp } = require('node:fs/promises');

module.exports = {
  packagerConfig: { asar: { unpack: '**/*.node' } },
  plugins: [
    {
      name: '@electron-forge/plugin-vite',
      config: {
        build: [
          { entry: 'src/main.js', config: 'vite.main.config.mjs', target: 'main' },
          { entry: 'src/preload.js', config: 'vite.preload.config.mjs', target: 'preload' },
        ],
        renderer: [{ name: 'main_window', config: 'vite.renderer.config.mjs' }],
      },
    },
  ],
  hooks: {
    // The plugin leaves node_modules out of the package.
    packageAfterCopy: (_config, folder) =>
      cp('node_modules/ringwire', `${folder}/node_modules/ringwire`, { recursive: true }),
  },
};
