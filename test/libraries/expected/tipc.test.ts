import { flow } from '../harness/flow.ts';

flow('tipc', {
  page: [
    'sum resolved 5',
    'title resolved "empty"',
    'save resolved Object {saved: 1, bytes: Uint8Array(2 bytes at 1 of ArrayBuffer(3: 010203))}',
    'fail rejected Error("Error: Error invoking remote method \'fail\': SyntaxError: unexpected end")',
    'unclonable rejected Error("Error: Error invoking remote method \'unclonable\': Error: An object could not be cloned.")',
    'function rejected Error("Error: An object could not be cloned.")',
    "no procedure rejected Error(\"Error: Error invoking remote method 'nowhere': Error: No handler registered for 'nowhere'\")",
    'forty resolved true',
    'end',
    'progress 0.5 Object {step: "half"}',
    'progress 1 Object {step: "done"}',
  ],
  main: [
    'save Object {entries: Map("one" => Object {date: Date(1970-01-01T00:00:00.000Z)}), bytes: Uint8Array(3 bytes at 0 of ArrayBuffer(3: 010203))}',
    'width resolved "width: 3"',
    'fail rejected EvalError("EvalError: the page is broken")',
    'twenty resolved true',
  ],
  console: [
    'error: Error occurred in handler for \'fail\': SyntaxError("SyntaxError: unexpected end")',
    'error: Error occurred in handler for \'unclonable\': Error("Error: An object could not be cloned.")',
    "error: Error occurred in handler for 'nowhere': Error(\"Error: No handler registered for 'nowhere'\")",
  ],
});
