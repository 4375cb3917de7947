import { describe, expect, it } from 'vitest';
import { InputError } from '#tools/cost/input-error.ts';
import { parsePriceList, printPriceList } from '#tools/cost/price-file.ts';
import { costOf, PRICE_NAMES } from '#tools/cost/prices.ts';
import { REGIONS } from '#tools/cost/regions.ts';

const [LIST] = REGIONS;

function fileWith(changes: Readonly<Record<string, unknown>>, prices: Readonly<Record<string, unknown>> = {}): string {
  const file: unknown = LIST && JSON.parse(printPriceList(LIST));
  if (typeof file !== 'object' || file === null || !('prices' in file)) throw new Error('There is no price list.');
  return JSON.stringify({ ...file, ...changes, prices: { ...Object(file.prices), ...prices } });
}

describe('a price list in a file', () => {
  it.each(REGIONS)('is read as it is printed ($region)', (list) => {
    const { region, prices } = parsePriceList(printPriceList(list));
    expect(region).toBe(list.region);
    for (const name of PRICE_NAMES) expect(prices[name].tiers).toEqual(list.prices[name].tiers);
  });

  it('may have tiers or one price', () => {
    const { prices } = parsePriceList(fileWith({}, { alarms: [{ usd: 2, upTo: 5 }, { usd: 1 }], secrets: 7 }));
    expect(prices.alarms.tiers).toEqual([{ usd: 2, upTo: 5 }, { usd: 1 }]);
    expect(prices.secrets.tiers).toEqual([{ usd: 7 }]);
  });

  it.each([
    ['not JSON', '{', 'The price list is not JSON.'],
    ['a list', '[]', 'The price list is not an object.'],
    ['without a region', fileWith({ region: '' }), 'The price list has no region.'],
    ['without a date', fileWith({ date: 'today' }), 'The date of the price list has to be as 2026-01-31.'],
    ['with a price too few', fileWith({}, { alarms: undefined }), 'The price list lacks alarms.'],
    ['with a price too many', fileWith({}, { air: 1 }), 'The price list has prices that nothing is paid by: air.'],
    [
      'with a price named as what every object has',
      fileWith({}, { toString: 1 }),
      'The price list has prices that nothing is paid by: toString.',
    ],
    ['with a text', fileWith({}, { alarms: '1' }), 'The price alarms has to be US dollars per alarm-month'],
    ['with a price too large', fileWith({}, { alarms: 1e13 }), 'The price alarms'],
    ['with a price beyond numbers', fileWith({}, { alarms: 12345 }).replace('12345', '1e400'), 'The price alarms'],
    [
      'with a tier beyond numbers',
      fileWith({}, { alarms: [{ usd: 1, upTo: 12345 }, { usd: 1 }] }).replace('12345', '1e400'),
      'The price alarms',
    ],
    ['with a negative price', fileWith({}, { alarms: -1 }), 'The price alarms'],
    ['with tiers that end', fileWith({}, { alarms: [{ usd: 1, upTo: 5 }] }), 'The price alarms'],
    [
      'with tiers that fall',
      fileWith({}, { alarms: [{ usd: 1, upTo: 5 }, { usd: 1, upTo: 4 }, { usd: 1 }] }),
      'The price alarms',
    ],
    ['with no tiers', fileWith({}, { alarms: [] }), 'The price alarms'],
  ])('is refused %s', (_, text, message) => {
    expect(() => parsePriceList(text)).toThrow(InputError);
    expect(() => parsePriceList(text)).toThrow(message);
  });
});

describe('the price of a quantity', () => {
  it('goes from tier to tier', () => {
    const tiers = [{ usd: 1, upTo: 300 }, { usd: 0.9, upTo: 400 }, { usd: 0.5 }];
    expect(costOf(0, tiers)).toBe(0);
    expect(costOf(300, tiers)).toBe(300);
    expect(costOf(350, tiers)).toBe(345);
    expect(costOf(500, tiers)).toBe(300 + 90 + 50);
  });
});

describe('the known regions', () => {
  it.each(REGIONS)('have a date for each price ($region)', ({ prices }) => {
    for (const name of PRICE_NAMES) expect(prices[name].date).toMatch(/^2026-\d\d-\d\d$/u);
  });
});
