import { readStage, type Settings, settingReaders } from '#lib/config/settings.ts';
import { type Reader, Unexpected } from '#runtime/readers.ts';

/** What is wrong with the settings, one sentence for each, for people to read. */
export class SettingsError extends Error {}

/** Keys of the CDK's own context hold a colon, a slash or an `@`. */
const OWN_KEY = /^[\w-]+$/u;

/**
 * Reads the settings from the context of the CDK app: `-c name=value`, or `context` in `cdk.json`.
 *
 * @throws SettingsError when a value is wrong, does not go with another, or has a name that no setting has.
 */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  const problems: string[] = [];
  const read = <T>(name: string, reader: Reader<T>): T | undefined => {
    try {
      return reader(textOf(context[name]));
    } catch (error) {
      if (!(error instanceof Unexpected)) throw error;
      problems.push(`The setting ${name} is ${JSON.stringify(context[name])}; it has to be ${error.message}.`);
      return undefined;
    }
  };
  const stage = read('stage', readStage);
  const readers = settingReaders(stage ?? 'prod');
  const values = Object.entries<Reader<unknown>>(readers).map(([name, reader]) => [name, read(name, reader)]);
  for (const name of Object.keys(context)) {
    if (OWN_KEY.test(name) && name !== 'stage' && !Object.hasOwn(readers, name))
      problems.push(unknown(name, Object.keys(readers)));
  }
  if (problems.length === 0) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every member was read by its own reader
    const settings = { stage, ...Object.fromEntries(values) } as Settings;
    problems.push(...contradictions(settings));
    if (problems.length === 0) return settings;
  }
  throw new SettingsError(problems.join('\n'));
}

/** `cdk.json` may hold numbers and booleans, the command line has text only. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Unexpected('a text, a number, true or false');
}

function unknown(name: string, names: readonly string[]): string {
  const same = ['stage', ...names].find((known) => known.toLowerCase() === name.toLowerCase().replaceAll(/[-_]/gu, ''));
  const hint = same === undefined ? 'docs/reference/settings.md lists those there are' : `do you mean ${same}?`;
  return `There is no setting ${name}: ${hint.endsWith('?') ? hint : `${hint}.`}`;
}

function contradictions(settings: Settings): readonly string[] {
  const { domainName, certificateArn, domainMapping, hostedZoneId, hostedZoneName, edge, edgeRestoresHeaders } =
    settings;
  const problems: string[] = [];
  if ((domainName === undefined) !== (certificateArn === undefined)) {
    problems.push('The settings domainName and certificateArn need each other.');
  }
  if ((hostedZoneId === undefined) !== (hostedZoneName === undefined)) {
    problems.push('The settings hostedZoneId and hostedZoneName need each other.');
  }
  if (hostedZoneId !== undefined && domainName === undefined) {
    problems.push('The setting hostedZoneId needs domainName.');
  }
  if (domainMapping !== undefined && domainName === undefined) {
    problems.push('The setting domainMapping needs domainName.');
  }
  if (edgeRestoresHeaders && !edge) {
    problems.push('The setting edgeRestoresHeaders needs edge.');
  }
  if (domainMapping !== undefined && edge) {
    problems.push(
      'The settings domainMapping and edge do not go together: CloudFront knows no mappings. Use basePath.',
    );
  }
  if (edge && certificateArn !== undefined && !certificateArn.includes(':acm:us-east-1:')) {
    problems.push('With edge, certificateArn has to be a certificate in us-east-1, where CloudFront looks for it.');
  }
  if (hostedZoneName !== undefined && domainName !== undefined && !isBelow(domainName, hostedZoneName)) {
    problems.push(`The domain ${domainName} is not in the hosted zone ${hostedZoneName}.`);
  }
  return problems;
}

function isBelow(domain: string, zone: string): boolean {
  return domain === zone || domain.endsWith(`.${zone}`);
}
