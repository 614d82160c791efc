import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Fault, search } from './spin.ts';

interface Model {
  /** Macros of each search; one empty list if there are none. */
  readonly variants: readonly (readonly string[])[];
  /** Switches that leave a step out, and what spin then finds. */
  readonly mutations: Readonly<Record<string, Fault>>;
}

const stuck = 'invalid end state';
const wrong = 'assertion violated';
const endless = 'acceptance cycle';

const models: Readonly<Record<string, Model>> = {
  doorbell: {
    variants: [[]],
    mutations: {
      WRITE_LOADS_FIRST: stuck,
      NO_PRESS: stuck,
      WAKE_UNDER_WAY_FOR_EVER: stuck,
      ARM_LOOKS_FIRST: stuck,
      ARM_DOES_NOT_LOOK: stuck,
      ARM_ASKS_ONE_BY_ONE: stuck,
      HELD_RESULT_ASKS_AGAIN: stuck,
      MESSAGES_BEFORE_RESULTS: wrong,
      DRAIN_AFTER_PUMP: stuck,
      NO_RING_SELF: stuck,
    },
  },
  space: {
    variants: [[]],
    mutations: {
      RELEASE_LOADS_FIRST: stuck,
      NO_WAKE_WRITER: stuck,
      ARM_SPACE_LOADS_FIRST: stuck,
      ARM_SPACE_DOES_NOT_LOOK: stuck,
      SPACE_EVENT_TOO_LATE: stuck,
      FLUSH_DOES_NOT_ASK: stuck,
      BLOCKED_IS_NOT_SET: stuck,
      BLOCKED_STAYS: stuck,
      SEEN_AFTER_ASKING: stuck,
      GIVE_UP_DOES_NOT_ASK_AGAIN: stuck,
      GIVE_UP_DROPS_THE_REST: stuck,
      WRITE_WITHOUT_ROOM: wrong,
      PUBLISH_BEFORE_COPY: wrong,
      RELEASE_BEFORE_COPY: wrong,
    },
  },
  reply: {
    variants: [[], ['MORTAL']],
    mutations: {
      WRITE_LOADS_FIRST: stuck,
      ARM_DATA_DOES_NOT_LOOK: stuck,
      BLOCKED_IS_NOT_SET: stuck,
      SEEN_AFTER_ASKING: stuck,
      NO_WAKE_WRITER: stuck,
      NO_FLUSH_AFTER_DEFER: stuck,
      NO_SLICES: stuck,
      NO_HUNG_UP: endless,
      HUNG_UP_AFTER_CLOSED: wrong,
      CLOSE_DOES_NOT_WAKE: wrong,
      ENDS_WITHOUT_A_LAST_LOOK: wrong,
      ANY_ANSWER_WILL_DO: wrong,
      NO_ABANDON: wrong,
      GIVES_UP_SILENTLY: stuck,
    },
  },
  calling: {
    variants: [[]],
    mutations: {
      LOOKS_BEFORE_FLAG: stuck,
      DOES_NOT_LOOK: stuck,
      FLAG_STAYS: wrong,
    },
  },
  closing: {
    variants: [[]],
    mutations: {
      DOES_NOT_LEAVE: stuck,
      WAITS_FOR_A_PEER_THAT_CLOSED: stuck,
      DROPS_WHAT_WAITS: wrong,
    },
  },
};

describe.each(Object.entries(models))('%s.pml', (name, { variants, mutations }) => {
  const file = join(import.meta.dirname, `${name}.pml`);

  test.each(variants.map((macros) => ({ macros })))('has no fault $macros', async ({ macros }) => {
    expect(await search(file, macros)).toBeUndefined();
  });

  test.each(Object.entries(mutations))('catches %s', async (mutation, fault) => {
    let found: Fault | undefined;
    for (const macros of variants) {
      found ??= await search(file, [...macros, `MUTATION_${mutation}`]);
    }
    expect(found).toBe(fault);
  });
});

test('every switch of the models is tried, and only switches of the models', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.pml'));
  const text = files.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join();
  const switches = [...text.matchAll(/MUTATION_(\w+)/g)].map(([, mutation]) => mutation);
  const tried = Object.values(models).flatMap(({ mutations }) => Object.keys(mutations));
  expect([...new Set(tried)].sort()).toEqual([...new Set(switches)].sort());
});
