import { flow } from '../harness/flow.ts';

flow('electron-store', {
  page: [
    'path Array(2)["user-data", "config.json"]',
    'from main 800 3',
    'has true false "default"',
    'function threw TypeError("TypeError: Setting a value of type `function` for key `function` is not allowed as it\'s not supported by JSON")',
    'get resolved "dark"',
    'set resolved undefined',
    'set too much rejected Error("Error: Error invoking remote method \'settings:set\': Error: Config schema violation: `zoom` must be <= 4")',
    'set recent resolved undefined',
    'all returned Object {zoom: 2, recent: Array(2)["a", "b"], window: Object {bounds: Object {width: 800, height: 600}, maximized: true}, theme: Object {name: "dark", accent: "#222"}}',
    'zoom 2',
    'zoom 1',
    'end',
  ],
  console: [
    'error: Error occurred in handler for \'settings:set\': Error("Error: Config schema violation: `zoom` must be <= 4")',
  ],
  main: [
    'recent Array(2)["a", "b"] Array(0)[]',
    'theme returned Object {name: "dark", accent: "#222"}',
    'all returned Object without prototype {zoom: 1, recent: Array(2)["a", "b"], window: Object {bounds: Object {width: 800, height: 600}, maximized: true}, theme: Object {name: "dark", accent: "#222"}}',
  ],
});
