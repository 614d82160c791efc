import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { limitsOf, type Options, roundsOf, runOptions } from '../../../bench/harness/options.ts';

function parse(...args: string[]): Options {
  const command = runOptions(new Command('bench'))
    .exitOverride()
    .configureOutput({ writeErr() {} });
  return command.parse(args, { from: 'user' }).opts<Options>();
}

describe('the command line', () => {
  it('measures everything, five times, where nothing is asked for', () => {
    const options = parse();
    expect(options).toMatchObject({ scenario: [], contender: [] });
    expect(options).not.toHaveProperty('quick');
    expect(options).not.toHaveProperty('json');
    expect(options).not.toHaveProperty('out');
    expect(roundsOf(options)).toBe(5);
    expect(Number.isInteger(options.seed)).toBe(true);
  });

  it('takes lists with commas, options that come again, or both', () => {
    expect(parse('--scenario', 'invoke,idle', '--scenario', 'node').scenario).toEqual([
      ...['invoke', 'idle', 'node'],
    ]);
    expect(parse('--contender', 'stock').contender).toEqual(['stock']);
  });

  it('takes one short round for a quick run, unless more are asked for', () => {
    const quick = parse('--quick');
    expect(roundsOf(quick)).toBe(1);
    expect(limitsOf(quick).atMost).toBeLessThan(limitsOf(parse()).atMost);
    expect(roundsOf(parse('--quick', '--rounds', '3'))).toBe(3);
  });

  it('takes a seed, a folder and the wish for JSON as they are', () => {
    expect(parse('--seed', '7', '--out', 'here', '--json')).toMatchObject({
      ...{ seed: 7, out: 'here', json: true },
    });
  });

  it.each(['0', '-1', '1.5', 'many', ''])('refuses %j as a number of rounds', (rounds) => {
    expect(() => parse('--rounds', rounds)).toThrow(/a whole number above 0 was expected/);
  });

  it('refuses an option that there is not', () => {
    expect(() => parse('--fast')).toThrow(/unknown option '--fast'/);
  });
});
