import type { Command } from 'commander';

/** Options that are not called as the member of the body that the API takes their value for. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  '$.limits.actor': 'actorAccount',
  '$.limits.verbs': 'verb',
  '$.query.format': 'statementFormat',
  '$.query.statementId': 'statement',
  '$.query.voidedStatementId': 'voidedStatement',
};

/** Arguments, by the member of the body that the API takes them as. */
const ARGUMENTS: Readonly<Record<string, string>> = { '$.id': 'store' };

/**
 * The option or argument that was given for a place in the body of a request.
 *
 * @param path JSON path: `$.query.verb`
 * @returns `--verb`; for a member of its value `mbox of --agent`; `<store>`; undefined where none was given for it.
 */
export function optionAt(command: Command, path: string): string | undefined {
  for (const { 0: step, index, groups } of path.matchAll(/\.(?<name>\w+)/gu)) {
    const end = index + step.length;
    const option =
      optionGiven(command, OTHER_NAMES[path.slice(0, end)]) ?? optionGiven(command, camelCase(groups?.['name']));
    if (option !== undefined) return within(option, path.slice(end));
  }
  return argumentAt(command, path);
}

function argumentAt({ registeredArguments }: Command, path: string): string | undefined {
  const name = registeredArguments.find((argument) => argument.name() === ARGUMENTS[path])?.name();
  return name === undefined ? undefined : `<${name}>`;
}

function optionGiven(command: Command, name: string | undefined): string | undefined {
  if (name === undefined || command.getOptionValueSource(name) !== 'cli') return undefined;
  return command.options.find((option) => option.attributeName() === name)?.long;
}

/** @param rest of the path. Which item of a list it is says the item itself, which comes with the refusal. */
function within(option: string, rest: string): string {
  return /^(?:\[\d+\])?$/u.test(rest) ? option : `${rest.replace(/^\./u, '')} of ${option}`;
}

/** As commander names options: `related_agents` is behind `--related-agents`. */
function camelCase(name = ''): string {
  return name.replaceAll(/_(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
