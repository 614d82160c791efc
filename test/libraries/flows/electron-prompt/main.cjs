const { once } = require('node:events');
const { app } = require('electron');
const prompt = require('electron-prompt');

/** Dialogs whose windows fetch their options, and answer, by synchronous messages. */
module.exports = async ({ log, attempt, ready }) => {
  /** Asks, and does in the dialog's page what a user would do. */
  const ask = async (label, options, act) => {
    const created = once(app, 'browser-window-created');
    const answered = attempt(label, () => prompt(options));
    const [, dialog] = await created;
    if (act !== undefined) {
      await ready(dialog);
      await act(dialog);
    }
    await answered;
  };
  const inPage = (code) => async (dialog) => {
    const closed = once(dialog, 'closed');
    // The page ends while it answers.
    dialog.webContents.executeJavaScript(`${code}; void 0`).catch(() => {});
    await closed;
  };
  const show = async (dialog) => {
    const texts = await dialog.webContents.executeJavaScript(
      "['#label', '#ok', '#cancel'].map((id) => document.querySelector(id).textContent)",
    );
    log('shows', texts);
  };

  const ok = "document.querySelector('#ok').click()";
  const input = { label: 'Name?', value: 'Ada', buttonLabels: { ok: 'Fine', cancel: 'No' } };
  await ask('input', input, async (dialog) => {
    await show(dialog);
    await inPage(`document.querySelector('#data').value += ' L.'; ${ok}`)(dialog);
  });
  const selectOptions = { a: 'First', b: 'Second' };
  const choose = `document.querySelector('#data').value = 'b'; ${ok}`;
  await ask('select', { type: 'select', selectOptions }, inPage(choose));
  const key = "new KeyboardEvent('keyup', { key: 'Escape' })";
  const cancel = `document.querySelector('#data').dispatchEvent(${key})`;
  await ask('cancelled', {}, inPage(cancel));
  await ask('closed', {}, async (dialog) => dialog.close());
  await attempt('no options', () => prompt({ type: 'select' }));
  await ask('unknown type', { type: 'colour' });
  await ask('no style sheet', { customStylesheet: '/nowhere.css' });
};
