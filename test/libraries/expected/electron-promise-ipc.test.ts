import { flow } from '../harness/flow.ts';

flow('electron-promise-ipc', {
  main: [
    'sum Array(3)[1, 2, 3] "number"',
    'sum Array(0)[] "number"',
    'title resolved "empty"',
    'set resolved "from main"',
    'title resolved "from main"',
    "fail resolved Array(2)[\"TypeError\", \"Failed to execute 'parseFromString' on 'DOMParser': The provided value 'text/x' is not a valid enum value of type SupportedType.\"]",
    'thirty resolved true',
    'nobody rejected Error("Error: nobody timed out.")',
  ],
  page: [
    'sum resolved 6',
    'sum of nothing resolved 0',
    'fail resolved Object {code: "ENOSPC", name: "Error", message: "no disk"}',
    'reject rejected Object {plain: "object"}',
    'replaced resolved "second"',
    'thirty resolved true',
    'gone rejected Error("Error: gone timed out.")',
    'function rejected Error("Error: An object could not be cloned.")',
    'end',
  ],
});
