import {
  expectOrder,
  expectStatements,
  expectStatus,
  pageIn,
  type ReceivedStatement,
  WrongAnswer,
} from '#bench/load/checks.ts';
import type { Answer, LrsClient } from '#bench/load/lrs-client.ts';
import { moreIn } from '#bench/load/more-in.ts';
import type { Dataset, Operation } from '#bench/load/operation.ts';
import {
  isWholeRegistration,
  leastOfEach,
  OF_REGISTRATION,
  ONE_OF,
  statementIdAt,
  type Subject,
  subjectAt,
} from '#bench/support/generated.ts';

const PAGE = 50;
const PULL = 100;

/** A filter: its parameters for a subject, and whether a statement is such. */
interface Filter {
  readonly name: string;
  /** Of how many statements one matches; absent: what matches is no more when there are more. */
  readonly oneOf?: number;
  readonly query: (subject: Subject) => Readonly<Record<string, string>>;
  readonly isSuch: (statement: ReceivedStatement, subject: Subject) => boolean;
}

const AGENT: Filter = {
  name: 'agent',
  oneOf: ONE_OF.agent,
  query: ({ agent }) => ({ agent: JSON.stringify(agent) }),
  isSuch: ({ actor }, { agent }) => actor.account?.name === agent.account.name,
};
const VERB: Filter = {
  name: 'verb',
  oneOf: ONE_OF.verb,
  query: ({ verb }) => ({ verb }),
  isSuch: ({ verb }, subject) => verb.id === subject.verb,
};
const ACTIVITY: Filter = {
  name: 'activity',
  oneOf: ONE_OF.activity,
  query: ({ activity }) => ({ activity }),
  isSuch: ({ object }, { activity }) => object.id === activity,
};
const RELATED: Filter = {
  name: 'related activity',
  oneOf: ONE_OF.course,
  query: ({ course }) => ({ activity: course, related_activities: 'true' }),
  isSuch: ({ context }, { course }) => context?.contextActivities?.parent?.[0]?.id === course,
};
const REGISTRATION: Filter = {
  name: 'registration',
  query: ({ registration }) => ({ registration }),
  isSuch: ({ context }, { registration }) => context?.registration === registration,
};
const ALL_THREE: Filter = {
  name: 'agent, verb and activity',
  oneOf: ONE_OF.all,
  query: (subject) => ({ ...AGENT.query(subject), ...VERB.query(subject), ...ACTIVITY.query(subject) }),
  isSuch: (statement, subject) => [AGENT, VERB, ACTIVITY].every(({ isSuch }) => isSuch(statement, subject)),
};

const FILTERS = [AGENT, VERB, ACTIVITY, RELATED, REGISTRATION, ALL_THREE];

export function readOperations(dataset: Dataset): readonly Operation[] {
  return [
    getById(dataset),
    ...FILTERS.map((filter) => page(dataset, filter)),
    walk('since, ascending, pages of 100', { since: dataset.since, ascending: 'true' }),
    walk('more, pages of 100', {}),
  ];
}

function getById({ seed, count }: Dataset): Operation {
  return {
    name: 'GET by id, 16 in flight',
    inFlight: 16,
    statements: 1,
    begin: (client) => async (index) => {
      const id = statementIdAt(seed, spread(index, count));
      const answer = await get(client, { statementId: id });
      return () => {
        expectStatus(answer, 200);
        const statement: { id?: unknown } = JSON.parse(answer.body.toString());
        if (statement.id !== id) throw new WrongAnswer('another statement than was asked for');
      };
    },
  };
}

function page({ seed, count, comparedWith }: Dataset, { name, oneOf, query, isSuch }: Filter): Operation {
  const isMany = comparedWith !== undefined && oneOf !== undefined;
  // Where there are no more than the page holds, less is read than where there are.
  const most = isMany ? Math.min(PAGE, Math.floor(comparedWith / oneOf / 2)) : PAGE;
  const leastAt = (index: number): number => {
    if (oneOf !== undefined) return Math.min(most, leastOfEach(oneOf, count));
    return isWholeRegistration(index, count) ? OF_REGISTRATION : 1;
  };
  return {
    name: `page by ${name}`,
    inFlight: 4,
    statements: most,
    begin: (client) => async (index) => {
      const place = spread(index, count);
      const subject = subjectAt(seed, place);
      const answer = await get(client, { ...query(subject), limit: String(most) });
      return () => {
        const received = pageIn(answer);
        expectStatements(received, { least: leastAt(place), most }, (statement) => isSuch(statement, subject));
        expectOrder(received, false);
      };
    },
  };
}

/** From the first page on by `more`, and again from the first when there is no more. */
function walk(name: string, query: Readonly<Record<string, string>>): Operation {
  const ascending = 'ascending' in query;
  return {
    name,
    inFlight: 4,
    statements: PULL,
    begin: (client) => {
      let more = '';
      let seen = new Set<string>();
      return async () => {
        const first = more === '';
        const answer = first
          ? await get(client, { ...query, limit: String(PULL) })
          : await client.send({ method: 'GET', path: more, fromRoot: true });
        const followed = moreIn(answer);
        more = followed;
        return () => {
          const received = pageIn(answer);
          if (first) seen = new Set();
          if (received.more !== followed) throw new WrongAnswer(`${followed} was followed instead of ${received.more}`);
          expectStatements(received, { least: followed === '' ? 0 : PULL, most: PULL }, ({ id }) => !seen.has(id));
          expectOrder(received, ascending);
          for (const { id } of received.statements) seen.add(id);
        };
      };
    },
  };
}

function get(client: LrsClient, query: Readonly<Record<string, string>>): Promise<Answer> {
  return client.send({ method: 'GET', path: '/statements', query });
}

/** Another one each time, from all over the dataset. */
function spread(index: number, count: number): number {
  return (index * 7_919) % count;
}
