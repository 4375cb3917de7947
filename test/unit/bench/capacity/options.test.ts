import { describe, expect, it } from 'vitest';
import { readCapacityOptions, WRITE_COMMAND } from '#bench/capacity/options.ts';
import { replaceSection } from '#bench/support/section.ts';
import { OptionError } from '#bench/support/whole-number.ts';
import { readPage } from '#test/support/markdown.ts';

describe('the options of bench:capacity', () => {
  it('are two sizes and one shard unless given', () => {
    expect(readCapacityOptions([])).toEqual({ shards: 1, sizes: [1_000, 100_000], json: false, write: false });
  });

  it('have each size once, ascending', () => {
    expect(readCapacityOptions(['--sizes', '1000000,5,5', '--million'])).toMatchObject({ sizes: [5, 1_000_000] });
  });

  it.each([WRITE_COMMAND.split(' ').slice(4), ['--write', '--sizes', '1000,100000,1000000', '--shards', '1']])(
    'write the table of the docs: %s %s',
    (...parameters) => {
      expect(readCapacityOptions(parameters)).toMatchObject({
        write: true,
        sizes: [1_000, 100_000, 1_000_000],
        shards: 1,
      });
    },
  );

  it('write where the page has the command', () => {
    expect(replaceSection(readPage('docs/performance.md'), WRITE_COMMAND, 'the table')).toContain('the table');
  });

  it.each([
    [['--write'], 'not for 1000,100000 and 1: give --million --write'],
    [['--write', '--million', '--sizes', '1000'], 'not for 1000,1000000 and 1'],
    [['--write', '--million', '--shards', '16'], 'not for 1000,100000,1000000 and 16'],
  ])('write no other table: %j', (parameters, message) => {
    expect(() => readCapacityOptions(parameters)).toThrow(OptionError);
    expect(() => readCapacityOptions(parameters)).toThrow(message);
  });

  it.each(['--sizes=1000,', '--sizes=10000001', '--shards=0'])('are not %s', (parameter) => {
    expect(() => readCapacityOptions([parameter])).toThrow(OptionError);
  });
});
