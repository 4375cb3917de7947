import { CHECKS } from './checks.ts';
import { SMOKE_IRI } from './smoke-data.ts';

export const USAGE =
  'Usage: npm run smoke, with LRS_SMOKE_ENDPOINT, LRS_SMOKE_KEY and LRS_SMOKE_SECRET set; --help tells more.';

export const HELP = `Checks a deployed LRS for what only a real deployment can show, in less than two minutes.

  export LRS_SMOKE_ENDPOINT=https://lrs.example.com/xapi LRS_SMOKE_KEY=…
  read -rs LRS_SMOKE_SECRET && export LRS_SMOKE_SECRET
  npm run smoke
  npm run smoke -- --only header-names --only head
  npm run --silent smoke -- --json > smoke.json

  --endpoint URL            what content is given, for example https://lrs.example.com/xapi
  --key KEY                 a credential with the scope all
  --secret SECRET
  --limited-key KEY         one without it, to see that it is refused by 403
  --limited-secret SECRET
  --only NAME               runs this check, and first what it may not go without (tls, reachability); may be repeated
  --json                    prints one JSON object instead of text
  --list                    lists the checks
  --help

What has no option is taken from the environment: LRS_SMOKE_ENDPOINT, LRS_SMOKE_KEY, LRS_SMOKE_SECRET,
LRS_SMOKE_LIMITED_KEY, LRS_SMOKE_LIMITED_SECRET. Secrets belong there: one that is given by --secret or
--limited-secret is in the history of the shell, in the list of processes (ps), and in what npm prints, unless it is
called as npm run --silent smoke.

It writes data: some 20 statements and 20 documents below ${SMOKE_IRI}/. At the end
the documents are deleted and the statements voided; xAPI has no way to delete statements, so they stay, with one small
attachment.

Exit code: 0 when all checks passed, 1 when one failed or could not run, 2 when the options are wrong.
`;

export function listOfChecks(): string {
  const width = Math.max(...CHECKS.map(({ name }) => name.length));
  return CHECKS.map(({ name, proves }) => `${name.padEnd(width)}  ${proves}`).join('\n');
}
