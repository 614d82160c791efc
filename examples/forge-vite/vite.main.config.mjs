export default { build: { rollupOptions: { external: ['electron', /^ringwire/] } } };
