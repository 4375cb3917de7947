import { readFile } from 'node:fs/promises';
import { billOf } from './cost/bill.ts';
import { InputError } from './cost/input-error.ts';
import { type CostOptions, readOptions, USAGE } from './cost/options.ts';
import { parsePriceList, printPriceList } from './cost/price-file.ts';
import type { PriceList } from './cost/prices.ts';
import { REGIONS } from './cost/regions.ts';
import { report, reportJson } from './cost/report.ts';

/** `npm run cost`: what a deployment costs in a month. */
async function main(parameters: readonly string[]): Promise<number> {
  try {
    const options = readOptions(parameters);
    console.log(options.help ? USAGE : await answer(options));
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`${error.message}\n\nnpm run cost -- --help tells what there is.`);
    return 2;
  }
}

async function answer(options: CostOptions): Promise<string> {
  const prices = await pricesFor(options);
  if (options.printPrices) return printPriceList(prices);
  const bill = billOf(options.workload, { ...options, prices });
  return options.json ? reportJson(bill, options, prices.region) : report(bill, options, prices.region);
}

async function pricesFor({ region, priceFile }: CostOptions): Promise<PriceList> {
  if (priceFile !== undefined) {
    const text = await readFile(priceFile, 'utf8').catch(() => {
      throw new InputError(`The file ${priceFile} cannot be read.`);
    });
    return parsePriceList(text);
  }
  const found = REGIONS.find((list) => list.region === region);
  if (found !== undefined) return found;
  const known = REGIONS.map((list) => list.region).join(', ');
  throw new InputError(
    `The prices of ${region} are not known here, only those of ${known}. Give them by --prices FILE.`,
  );
}

process.exitCode = await main(process.argv.slice(2));
