'use strict';
// Started beside an example's package.json: runs the example, prints its window's text and the paths of
// its frames, and ends it.
const { join } = require('node:path');
const { app } = require('electron');
const { main } = require(join(__dirname, 'package.json'));

app.on('web-contents-created', (_event, contents) => {
  contents.once('did-finish-load', async () => {
    const text = await contents.executeJavaScript(`new Promise((done) => {
      const result = document.querySelector('#result');
      const look = () => / calls by /.test(result.textContent) && done(result.textContent);
      new MutationObserver(look).observe(result, { childList: true });
      look();
    })`);
    const { paths } = require(join(__dirname, 'node_modules/ringwire/dist/main.cjs'));
    console.log(`RESULT ${JSON.stringify({ text, paths: paths().map(({ path }) => path) })}`);
    app.exit();
  });
});
import(join(__dirname, main));
