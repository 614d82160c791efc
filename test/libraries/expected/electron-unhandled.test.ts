import { flow } from '../harness/flow.ts';

flow('electron-unhandled', {
  page: ['error true', 'rejection true', 'end'],
  main: [
    'Error "logged"',
    'NonError "\'just a text\'"',
    'NonError "given up"',
    'Error "thrown"',
    'Error "rejected"',
    'Error "of main"',
  ],
});
