import { defineConfig } from 'electron-vite';

export default defineConfig({
  // What package.json names as a dependency stays external, and so does ringwire.
  main: {},
  preload: {
    // A preload without a sandbox can require ringwire; one in a sandbox contains it.
    build: { rollupOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } } },
  },
  renderer: {},
});
