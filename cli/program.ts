import { Command } from 'commander';
import { addAudit } from '#cli/commands/audit.ts';
import { addCredential } from '#cli/commands/credential.ts';
import { examples } from '#cli/commands/examples.ts';
import { addExport } from '#cli/commands/export.ts';
import { addIssuer } from '#cli/commands/issuer.ts';
import { addKeys } from '#cli/commands/keys.ts';
import { addLake } from '#cli/commands/lake.ts';
import { addProfile } from '#cli/commands/profile.ts';
import { addStore } from '#cli/commands/store.ts';
import { addToken } from '#cli/commands/token.ts';
import { addWhoami } from '#cli/commands/whoami.ts';
import { packageVersion } from '#cli/version.ts';
import type { Shell } from '#cli/shell.ts';

/** Columns of help that is not read on a terminal. */
const HELP_WIDTH = 120;

/** The command `lrs` with all that stands below it; it throws instead of ending the process. */
export function createProgram(shell: Shell): Command {
  const program = new Command('lrs')
    .description('Manages a Serverless LRS: one that runs by npm start, or one that is deployed.')
    .version(packageVersion(), '--version', 'print the version')
    .option('--profile <name>', 'use this profile')
    .option('--endpoint <url>', 'use the LRS there, with /xapi or without')
    .option('--json', 'print JSON as the management API has it, a list as an array')
    .addHelpText(
      'after',
      `${examples('lrs whoami', 'lrs store create acme --help', 'lrs --profile prod credential list --json')}\n\nIn a clone of the project, lrs is called as npx lrs.`,
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => shell.write(text),
      writeErr: (text) => shell.tell(text),
      getOutHelpWidth: () => shell.columns ?? HELP_WIDTH,
      getErrHelpWidth: () => shell.columns ?? HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(lrs --help, or --help behind any command, tells more)')
    .helpCommand(false);
  for (const add of [
    addWhoami,
    addStore,
    addCredential,
    addToken,
    addIssuer,
    addExport,
    addLake,
    addAudit,
    addKeys,
    addProfile,
  ]) {
    add(program, shell);
  }
  return program;
}
