import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorTable, RingwireError } from '../../lib/core/errors.ts';

const docs = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const rows = [...docs.matchAll(/^\| `(ERR_RINGWIRE_\w+)` \| (.+?) \| (.+?) \|$/gm)].map(
  ([, code, what, advice]) => ({ code, what, advice }),
);

describe('the table of errors', () => {
  test('is the same in docs/errors.md and in the code', () => {
    const table = Object.entries(errorTable).map(([code, entry]) => ({ code, ...entry }));
    expect(rows).toEqual(table);
  });
});

describe('an error', () => {
  test('says what happened, what came and what to do', () => {
    const error = new RingwireError('ERR_RINGWIRE_TIMEOUT', { detail: "invoke('x') in 5 ms" });
    expect(error.message).toBe(
      "No answer came before the deadline: invoke('x') in 5 ms. " +
        'The peer may be busy or stopped: raise the timeout, or try again.',
    );
  });

  test('is an Error with a name, a code and a cause', () => {
    const cause = new Error('inner');
    const error = new RingwireError('ERR_RINGWIRE_CORRUPT', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toMatch(/^RingwireError: The peer sent bytes/);
    expect(error.code).toBe('ERR_RINGWIRE_CORRUPT');
    expect(error.cause).toBe(cause);
    expect(new RingwireError('ERR_RINGWIRE_CLOSED')).not.toHaveProperty('cause');
  });

  test('is one line, and its detail does not end with two full stops', () => {
    const error = new RingwireError('ERR_RINGWIRE_SYSTEM', { detail: 'It failed\n  here.\n' });
    expect(error.message).toBe(
      'A system call failed: It failed here. The detail names the call and its error, and so does the cause.',
    );
  });
});
