import { flow } from '../harness/flow.ts';

flow('zutron', {
  first: [
    'initial 0 Map()',
    'state 5 Map()',
    'state 5 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'state 6 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'end',
    'state 16 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'state 17 Map("date" => Date(1970-01-01T00:00:00.000Z))',
  ],
  second: [
    'initial 0 Map()',
    'state 5 Map()',
    'state 5 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'state 6 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'state 16 Map("date" => Date(1970-01-01T00:00:00.000Z))',
  ],
  main: [
    'state 5 Map()',
    'state 5 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'state 6 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'state 16 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'state 17 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'state 18 Map("date" => Date(1970-01-01T00:00:00.000Z))',
    'unsubscribed',
  ],
});
