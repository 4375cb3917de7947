import type { Command } from 'commander';
import type { TokenAnswer } from '#access/admin-api.ts';
import type { JsonObject } from '#cli/api/json.ts';
import { examples } from '#cli/commands/examples.ts';
import { addGroup } from '#cli/commands/group.ts';
import { openSession, type Session, show } from '#cli/commands/session.ts';
import { Failure, wrongUsage } from '#cli/failure.ts';
import { readAccount, readAgent } from '#cli/options/actor.ts';
import { readCount } from '#cli/options/count.ts';
import { collect } from '#cli/options/list.ts';
import { readScopes } from '#cli/options/scopes.ts';
import { fields } from '#cli/output/fields.ts';
import { readable, readableMembers, readableTime } from '#cli/output/values.ts';
import type { Shell } from '#cli/shell.ts';

const LONGEST_MINUTES = 1_440;

const UNLIMITED =
  'The token has no limits: whoever has it may do all that its scopes allow. See lrs token mint --help for --actor.\n';

interface MintOptions {
  readonly scopes?: string;
  readonly actor?: string;
  readonly actorAccount?: readonly string[];
  readonly registration?: string;
  readonly activity?: string;
  readonly verb?: readonly string[];
  readonly minutes?: string;
  readonly fetch?: boolean;
}

export function addToken(program: Command, shell: Shell): void {
  addGroup(program, 'token', 'Tokens: what may leave for the browser of a learner.')
    .command('mint')
    .description('Make a token of the credential that is used, limited to a launch, and show it, this once.')
    .option('--scopes <list>', 'separated by commas (default: to write and read the own records)')
    .option('--actor <agent>', 'the learner: mailto:ann@example.com, or an agent as JSON')
    .option('--actor-account <homePage> <name...>', 'the learner by an account: its home page and name')
    .option('--registration <uuid>', 'the registration of the records')
    .option('--activity <iri>', 'the activity of the records, with all below it')
    .option('--verb <iri>', 'a verb of statements; may be given several times', collect)
    .option('--minutes <count>', `for how long it is good: 1 to ${LONGEST_MINUTES} (default: 60)`)
    .option('--fetch', 'make a fetch URL of cmi5, which gives the token once')
    .addHelpText(
      'after',
      examples(
        'lrs token mint --actor mailto:ann@example.com --activity https://example.com/course --minutes 90',
        'lrs token mint --actor-account https://lms.example.com ann --fetch',
        'curl -H "Authorization: Bearer $(lrs token mint --actor mailto:ann@example.com --json | jq -r .token)" …',
      ),
    )
    .action(async (options: MintOptions, command: Command) => {
      const body = mintBody(options);
      const session = await openSession(shell, command);
      if (!('limits' in body)) shell.tell(UNLIMITED);
      showToken(session, await session.api.send<Partial<TokenAnswer>>({ method: 'POST', path: ['tokens'], body }));
    });
}

/** As the API takes it. @throws Failure 2 */
function mintBody({ scopes, minutes, fetch, ...options }: MintOptions): JsonObject {
  const limits = limitsOf(options);
  return {
    ...(scopes !== undefined && { scopes: readScopes(scopes) }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(minutes !== undefined && { minutes: readCount('--minutes', minutes, { min: 1, max: LONGEST_MINUTES }) }),
    ...(fetch === true && { fetch }),
  };
}

function limitsOf({ actor, actorAccount, registration, activity, verb }: MintOptions): JsonObject {
  if (actor !== undefined && actorAccount !== undefined) {
    throw wrongUsage('Give --actor or --actor-account, not both: a token has one learner.');
  }
  return {
    ...(actor !== undefined && { actor: readAgent('--actor', actor) }),
    ...(actorAccount !== undefined && { actor: readAccount('--actor-account', actorAccount) }),
    ...(registration !== undefined && { registration }),
    ...(activity !== undefined && { activity }),
    ...(verb !== undefined && { verbs: verb }),
  };
}

/** @throws Failure when the token is not in the answer: the first one, which had it, was lost on the way */
function showToken(session: Session, answer: Partial<TokenAnswer>): void {
  const { token } = answer;
  if (token === undefined) {
    throw new Failure('The answer with the token was lost on the way. Mint another one; this one ends by itself.');
  }
  show(session, answer, () =>
    fields({
      Token: token,
      'Token id': readable(answer.tokenId),
      Expires: readableTime(answer.expires),
      Scopes: readable(answer.scopes),
      Limits: readableMembers(answer.limits),
      'Fetch URL': fetchUrlOf(answer, session.api.connection.endpoint.root),
    }),
  );
  if (!session.json) session.shell.tell('Keep the token now: it will not be shown again.\n');
}

function fetchUrlOf({ fetchUrl, fetchPath }: Partial<TokenAnswer>, root: string): string | undefined {
  return fetchUrl ?? (fetchPath === undefined ? undefined : new URL(fetchPath, root).href);
}
