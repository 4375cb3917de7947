import type { Command } from 'commander';

/** A command that only leads to others. Their help is by `--help` alone. */
export function addGroup(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).helpCommand(false);
}
