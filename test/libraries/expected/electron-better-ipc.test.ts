import { flow } from '../harness/flow.ts';

flow('electron-better-ipc', {
  first: [
    'add resolved 3',
    'echo resolved Object {map: Map(#1=Object {name: "shared"} => 1n), again: #1, none: undefined}',
    'whose resolved "empty"',
    'fail rejected Error("RangeError: no such page") {code: "E_PAGE", page: 12, hidden name: "RangeError"}',
    'count resolved 1',
    'count again resolved 2',
    'fifty resolved true',
    'end',
    'news Object {date: Date(1970-01-01T00:00:00.000Z), list: Set(1, 2)}',
  ],
  main: [
    'multiply resolved 42',
    'fails rejected Error("TypeError: not for main") {hint: Array(2)["ask", "again"], hidden name: "TypeError"}',
    'twenty resolved true',
    'nobody in focus rejected Error("Error: No browser window in focus")',
    'no window rejected Error("Error: Browser window required")',
    'both had the news',
  ],
  second: [
    'news Object {date: Date(1970-01-01T00:00:00.000Z), list: Set(1, 2)}',
    'add resolved 3',
    'echo resolved Object {map: Map(#1=Object {name: "shared"} => 1n), again: #1, none: undefined}',
    'whose resolved "empty"',
    'fail rejected Error("RangeError: no such page") {code: "E_PAGE", page: 12, hidden name: "RangeError"}',
    'count resolved "second 1"',
    'count again resolved "second 2"',
    'fifty resolved true',
    'end',
  ],
});
