import { flow } from '../harness/flow.ts';

flow('electron-trpc', {
  page: [
    'greet resolved "hello page from notes"',
    'later resolved Object {input: 7, square: 49, when: Date(1970-01-01T00:00:00.007Z)}',
    'thirty resolved true',
    'add resolved Object {id: 11, text: "write tests"}',
    'bad input resolved Object {name: "TRPCClientError", message: "not a text", data: Object {code: "INTERNAL_SERVER_ERROR", httpStatus: 500, path: "greet"}}',
    'missing resolved Object {name: "TRPCClientError", message: "no such note", data: Object {code: "INTERNAL_SERVER_ERROR", httpStatus: 500, path: "notes.missing"}}',
    'bug resolved Object {name: "TRPCClientError", message: "a bug", data: Object {code: "INTERNAL_SERVER_ERROR", httpStatus: 500, path: "bug"}}',
    'no procedure resolved Object {name: "TRPCClientError", message: "No \\"query\\"-procedure on path \\"nowhere\\"", data: Object {code: "NOT_FOUND", httpStatus: 404, path: "nowhere"}}',
    'tick Object {n: 0}',
    'tick Object {n: 1}',
    'tick Object {n: 2}',
    'tick Object {n: 3}',
    'tick Object {n: 4}',
    'ticks complete',
    'broken "one"',
    'broken "not for you" "INTERNAL_SERVER_ERROR"',
    'three ticks Array(3)[0, 1, 2]',
    'until reload 0',
    'until reload 1',
    'until reload 2',
    'end',
    'reloaded resolved "hello again from notes"',
  ],
  main: [
    'note "write tests"',
    'torn down "three ticks" Array(0)[]',
    'torn down "until reload" Array(0)[]',
  ],
});
