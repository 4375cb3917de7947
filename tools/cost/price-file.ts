import { LARGEST } from './amount.ts';
import { InputError } from './input-error.ts';
import { PRICE_NAMES, PRICED, type Price, type PriceList, type PriceName, type Tier } from './prices.ts';

/**
 * A price list from a file: `region`, `date` (YYYY-MM-DD) and `prices`, in which every name of `PRICED` has US dollars,
 * or tiers of which each but the last ends at its `upTo`.
 *
 * @throws InputError that names what is missing or wrong
 */
export function parsePriceList(text: string): PriceList {
  const { region, date, prices } = object(parse(text), 'The price list');
  if (typeof region !== 'string' || region === '') throw new InputError('The price list has no region.');
  if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/u.test(date)) {
    throw new InputError('The date of the price list has to be as 2026-01-31.');
  }
  const given = object(prices, 'The member prices of the price list');
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(PRICED, name));
  if (unknown.length > 0)
    throw new InputError(`The price list has prices that nothing is paid by: ${unknown.join(', ')}.`);
  const missing = PRICE_NAMES.filter((name) => given[name] === undefined);
  if (missing.length > 0) throw new InputError(`The price list lacks ${missing.join(', ')}.`);
  const entries = PRICE_NAMES.map((name): [PriceName, Price] => [name, { tiers: tiersOf(name, given[name]), date }]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- there is an entry for every name
  return { region, prices: Object.fromEntries(entries) as PriceList['prices'] };
}

/** A price list in the form that `parsePriceList` reads, with the latest of its dates. */
export function printPriceList({ region, prices }: PriceList): string {
  const date = PRICE_NAMES.map((name) => prices[name].date)
    .sort()
    .at(-1);
  const entries = PRICE_NAMES.map((name) => {
    const { tiers } = prices[name];
    return [name, tiers.length === 1 ? tiers[0]?.usd : tiers];
  });
  return JSON.stringify({ region, date, prices: Object.fromEntries(entries) }, null, 2);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError('The price list is not JSON.');
  }
}

function object(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new InputError(`${what} is not an object.`);
}

function tiersOf(name: PriceName, value: unknown): readonly Tier[] {
  const tiers = Array.isArray(value) ? value.map((tier) => tierOf(tier)) : [tierOf({ usd: value })];
  const ends = tiers.map((tier) => tier?.upTo ?? Infinity);
  const ascending = ends.every((end, index) => end > (ends[index - 1] ?? 0));
  const known = tiers.filter((tier) => tier !== undefined);
  if (ascending && known.length === tiers.length && ends.at(-1) === Infinity) return known;
  throw new InputError(
    `The price ${name} has to be US dollars per ${PRICED[name].per} up to ${LARGEST / 1e9}B, or tiers such as [{"usd": 1, "upTo": 300}, {"usd": 0.9}].`,
  );
}

function tierOf(value: unknown): Tier | undefined {
  if (typeof value !== 'object' || value === null || !('usd' in value)) return undefined;
  const { usd, upTo } = { upTo: undefined, ...value };
  if (typeof usd !== 'number' || !(usd >= 0 && usd <= LARGEST)) return undefined;
  if (upTo === undefined) return { usd };
  return typeof upTo === 'number' && upTo <= LARGEST ? { usd, upTo } : undefined;
}
