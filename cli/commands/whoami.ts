import type { Command } from 'commander';
import type { WhoamiAnswer } from '#access/admin-api.ts';
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
      const who = await session.api.send<WhoamiAnswer>({ method: 'GET', path: ['whoami'] });
      show(session, who, () =>
        fields({
          Endpoint: endpoint.url,
          'Credential from': source,
          Key: readable(who.key),
          Store: readable(who.store),
          Scopes: readable(who.scopes),
          'May manage': mayManage(who),
          Authority: readableAgent(who.authority),
          'Request limits': readableMembers(who.requestLimits),
          Limits: readableMembers(who.limits),
        }),
      );
    });
}

function mayManage({ scopes, isOperator, limits }: WhoamiAnswer): string {
  if (isOperator) return 'the whole deployment';
  return scopes.includes('admin') && limits === undefined ? 'its store' : 'nothing';
}
