import type { Command } from 'commander';
import { examples } from '#cli/commands/examples.ts';
import { openSession, show } from '#cli/commands/session.ts';
import { fields } from '#cli/output/fields.ts';
import { readable, readableAgent, readableMembers } from '#cli/output/values.ts';
import type { Shell } from '#cli/shell.ts';

export function addWhoami(program: Command, shell: Shell): void {
  program
    .command('whoami')
    .description('Show which LRS is used, as whom, and what may be done there.')
    .addHelpText('after', examples('lrs whoami', 'lrs whoami --profile prod', 'lrs whoami --json'))
    .action(async (_options: unknown, command: Command) => {
      const session = await openSession(shell, command);
      const { endpoint, source } = session.api.connection;
      const who = await session.api.send({ method: 'GET', path: ['whoami'] });
      show(session, who, () =>
        fields({
          Endpoint: endpoint.url,
          'Credential from': source,
          Key: readable(who['key']),
          Store: readable(who['store']),
          Scopes: readable(who['scopes']),
          'May manage': may(who['scopes'], who['isOperator']),
          Authority: readableAgent(who['authority']),
          'Request limits': readableMembers(who['requestLimits']),
          Limits: readableMembers(who['limits']),
        }),
      );
    });
}

function may(scopes: unknown, isOperator: unknown): string {
  if (isOperator === true) return 'the whole deployment';
  return Array.isArray(scopes) && scopes.includes('admin') ? 'its store' : 'nothing';
}
