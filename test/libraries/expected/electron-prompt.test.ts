import { flow } from '../harness/flow.ts';

flow('electron-prompt', {
  main: [
    'shows Array(3)["Name?", "Fine", "No"]',
    'input resolved "Ada L."',
    'select resolved "b"',
    'cancelled resolved null',
    'closed resolved null',
    'no options rejected Error("Error: \\"selectOptions\\" must be an object")',
    'unknown type rejected Error("Error: Unhandled input type \'colour\'")',
    'no style sheet rejected Error("Error: ENOENT: no such file or directory, open \'/nowhere.css\'")',
  ],
});
