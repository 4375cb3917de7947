import { createHash } from 'node:crypto';
import { parseJson } from '#xapi/json/parse-json.ts';
import { draftStatement } from '#xapi/statement/draft.ts';
import type {
  Activity,
  Actor,
  Agent,
  Attachment,
  Context,
  Group,
  Result,
  Statement,
  StatementDraft,
} from '#xapi/statement/statement.ts';
import { validateStatements } from '#xapi/statement/validate-statement.ts';
import type { XapiVersion } from '#xapi/version.ts';
import { seededRandom } from '#test/support/random.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';

/** Durations, and the seconds that they are. */
export const DURATIONS: ReadonlyMap<string, number> = new Map([
  ['PT0S', 0],
  ['PT0.01S', 0.01],
  ['PT30M', 1_800],
  ['PT1H1M1.5S', 3_661.5],
  ['P1DT12H', 129_600],
  ['P2W', 1_209_600],
  ['P1M', 2_629_800],
  ['P1Y2M', 36_817_200],
]);

const EXTREMES = [0, -0.5, 0.1 + 0.2, 5e-324, 1.797e308, -1.797e308, 2 ** 53, 1e21, 123_456.789];
/** More than a double holds; stands in the text in the place of `LONG`. */
const EXACT = '0.12345678901234567890123456789';
const LONG = 0.987654321;

const SCRIPTS = [
  'Zoë Ångström',
  '山田太郎',
  'Олег Іваненко',
  'محمد علي',
  '𝒜da 🦉',
  'O\'Neil "Bo"',
  'back\\slash',
  'Ana\u0301',
];
const PEOPLE = 120;
const ACTIVITIES = 60;
const DAY = 86_400_000;

/** What a random statement of this number is, and when it says that it happened. */
export interface VariedStatement {
  readonly draft: StatementDraft;
  readonly timestamp: string;
  /** Microseconds since 1970. */
  readonly happened: bigint;
}

/** Valid statements of both versions, with everything that columns are made of, now there, now not. The same for a seed. */
export class VariedStatements {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  make(number: number): VariedStatement {
    const version: XapiVersion = this.#chance(0.5) ? '1.0.3' : '2.0.0';
    const { timestamp, happened } = this.#moment();
    const statement: Statement = {
      ...this.#core(),
      ...(this.#chance(0.1) && { attachments: this.#attachments() }),
      ...(this.#chance(0.3) && { version: version === '1.0.3' ? '1.0.2' : '2.0.0' }),
      timestamp,
      id: uuidOf(number),
    };
    const { value, exact } = parseJson(JSON.stringify(statement).replaceAll(String(LONG), EXACT));
    const [valid = statement] = validateStatements(value, version);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its twin has just been validated
    const completed = draftStatement(valid, exact as object as Statement, {
      id: uuidOf(number),
      authority: AUTHORITY,
      version,
    });
    return { draft: completed, timestamp, happened };
  }

  #core(): Statement {
    return {
      actor: this.#chance(0.15) ? this.#group() : this.#person(),
      verb: this.#verb(),
      object: this.#object(),
      ...(this.#chance(0.7) && { result: this.#result() }),
      ...(this.#chance(0.8) && { context: this.#context() }),
    };
  }

  #verb(): Statement['verb'] {
    const verb = this.#pick(['passed', 'failed', 'completed', 'experienced', 'a%20b/ü']);
    const display = this.#pick([undefined, {}, { en: verb }, { 'en-US': `US ${verb}`, de: 'x' }, { ja: '合格' }]);
    return { id: `http://example.com/verbs/${verb}`, ...(display !== undefined && { display }) };
  }

  #object(): Statement['object'] {
    const kind = this.#random();
    if (kind < 0.75) return this.#activity();
    if (kind < 0.8) return { objectType: 'Agent', ...this.#person() };
    if (kind < 0.85) return this.#group();
    if (kind < 0.92) return { objectType: 'StatementRef', id: uuidOf(9_000_000 + this.#below(50)).toUpperCase() };
    return {
      objectType: 'SubStatement',
      actor: this.#person(),
      verb: { id: 'http://example.com/verbs/plans' },
      object: this.#activity(),
    };
  }

  #activity(): Activity {
    const number = this.#below(ACTIVITIES);
    const definition = this.#pick([
      undefined,
      {},
      { name: { en: `Unit ${number}`, fr: 'Unité' } },
      { name: { de: 'Größe' }, type: 'http://example.com/types/unit', moreInfo: 'http://example.com/more' },
      { description: { en: 'No name' }, extensions: { 'http://example.com/x': [null, { deep: '🦉' }] } },
    ]);
    return {
      ...(this.#chance(0.5) && { objectType: 'Activity' }),
      id: `http://example.com/activities/${number}?q=ü#${number % 3}`,
      ...(definition !== undefined && { definition }),
    };
  }

  #result(): Result {
    const raw = this.#pick(EXTREMES);
    const duration = this.#pick([...DURATIONS.keys()]);
    const score = this.#pick([
      undefined,
      { scaled: this.#below(201) / 100 - 1 },
      { raw },
      { scaled: LONG },
      { raw: 5, min: 0, max: 10 },
    ]);
    return {
      ...(score !== undefined && { score }),
      ...(this.#chance(0.5) && { success: this.#chance(0.5) }),
      ...(this.#chance(0.5) && { completion: this.#chance(0.5) }),
      ...(this.#chance(0.4) && {
        response: this.#pick(['', '=1+1', 'line\nbreak\ttab', `I am ${nameOf(this.#below(PEOPLE))}`]),
      }),
      ...(this.#chance(0.6) && { duration }),
      ...(this.#chance(0.2) && { extensions: { 'http://example.com/score': LONG } }),
    };
  }

  #context(): Context {
    const list = (): readonly Activity[] => Array.from({ length: this.#below(3) }, () => this.#activity());
    return {
      ...(this.#chance(0.5) && { registration: uuidOf(8_000_000 + this.#below(300)).toUpperCase() }),
      ...(this.#chance(0.2) && { instructor: this.#person() }),
      ...(this.#chance(0.2) && { team: this.#group() }),
      ...(this.#chance(0.6) && {
        contextActivities: {
          ...(this.#chance(0.5) && { parent: list() }),
          ...(this.#chance(0.5) && { grouping: list() }),
          ...(this.#chance(0.3) && { category: list() }),
          ...(this.#chance(0.3) && { other: list() }),
        },
      }),
      ...(this.#chance(0.3) && { language: this.#pick(['en-US', 'zh-Hant-TW']) }),
      ...(this.#chance(0.2) && { extensions: { 'http://example.com/session': uuidOf(this.#below(1_000)) } }),
    };
  }

  #attachments(): readonly Attachment[] {
    return Array.from({ length: 1 + this.#below(2) }, (_, index) => ({
      usageType: 'http://example.com/attachments/essay',
      display: this.#pick([{ en: `Essay of ${nameOf(this.#below(PEOPLE))}` }, { fr: 'Texte' }]),
      contentType: 'text/plain; charset=utf-8',
      length: this.#pick([0, 17, 2 ** 40]),
      sha2: createHash('sha256').update(String(index)).digest('hex'),
      fileUrl: `https://files.example.org/${this.#below(1_000)}`,
    }));
  }

  #person(): Agent {
    const number = this.#below(PEOPLE);
    const name = this.#chance(0.7) ? { name: nameOf(number) } : {};
    const identifiers = [
      { mbox: `mailto:person-${number}@mail.example` },
      { mbox_sha1sum: sha1Of(number) },
      { openid: `https://id.example.org/person/${number}` },
      { account: { homePage: 'https://hr.example.org', name: `payroll-${number}` } },
    ];
    return { ...name, ...identifiers[number % identifiers.length] };
  }

  #group(): Group {
    const member = Array.from({ length: 1 + this.#below(3) }, () => this.#person());
    const number = this.#below(20);
    if (this.#chance(0.5))
      return { objectType: 'Group', member, ...(this.#chance(0.5) && { name: `Crew ${number} of nobody` }) };
    const isKnown = this.#chance(0.5);
    return {
      objectType: 'Group',
      name: `Crew ${number} of somebody`,
      account: { homePage: 'https://hr.example.org', name: `crew-${number}` },
      ...(isKnown && { member }),
    };
  }

  /** In all spellings: without fractions, with more digits than columns have, with offsets. */
  #moment(): { readonly timestamp: string; readonly happened: bigint } {
    const time = Date.UTC(2024, 0, 1) + this.#below(500) * DAY + this.#below(DAY);
    const iso = new Date(time).toISOString().slice(0, -1);
    const shifted = new Date(time + 5.5 * 3_600_000).toISOString().slice(0, -1);
    const microseconds = BigInt(time) * 1_000n;
    const spellings = [
      { timestamp: `${iso}Z`, happened: microseconds },
      { timestamp: `${iso.slice(0, -4)}Z`, happened: microseconds - BigInt(time % 1_000) * 1_000n },
      { timestamp: `${iso}456Z`, happened: microseconds + 456n },
      { timestamp: `${iso}456789Z`, happened: microseconds + 456n },
      { timestamp: `${shifted}+05:30`, happened: microseconds },
    ];
    return this.#pick(spellings);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<const Value>(list: readonly Value[]): Value {
    const value = list[this.#below(list.length)];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- lists are not empty; what they hold may be undefined
    return value as Value;
  }
}

const AUTHORITY: Actor = {
  objectType: 'Agent',
  name: 'The gatekeeper',
  account: { homePage: 'https://hr.example.org', name: 'gate-key' },
};

function nameOf(number: number): string {
  return `${SCRIPTS[number % SCRIPTS.length] ?? ''} no. ${number}`;
}

/** What must never be in the table without names: parts of every name, identifier and text of a person. */
export const PERSONAL_TEXTS = [
  ...SCRIPTS.map((name) => `${name} no. `),
  ' no. ',
  'mail.example',
  'id.example.org',
  'hr.example.org',
  'files.example.org',
  'payroll-',
  'crew-',
  'Crew ',
  'Essay of',
  'I am ',
  'gatekeeper',
  'gate-key',
  // One of four has such an identifier.
  ...Array.from({ length: PEOPLE / 4 }, (_, index) => sha1Of(4 * index + 1)),
];

function sha1Of(person: number): string {
  return createHash('sha1').update(`person ${person}`).digest('hex');
}
