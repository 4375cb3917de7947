import type { Command } from 'commander';

/** The options of the command that a group stands for, for the help of the group. */
export function optionsText(command: Command): string {
  const help = command.createHelp();
  const width = Math.max(...command.options.map((option) => help.optionTerm(option).length));
  const lines = command.options.map((option) => `  ${help.optionTerm(option).padEnd(width)}  ${option.description}`);
  return [`Options of ${command.name()}:`, ...lines].join('\n');
}
