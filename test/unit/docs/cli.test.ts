import { globSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '#cli/program.ts';
import { aShell } from '#test/support/cli-shell.ts';
import { readPage, ROOT, sectionOf, tableRows } from '#test/support/markdown.ts';

const PAGE = readPage('docs/reference/cli.md');
const PROGRAM = createProgram(aShell());
const COMMANDS = leavesOf(PROGRAM, []);

/** Every command that does something, by its words behind `lrs`. */
function leavesOf(command: Command, words: readonly string[]): readonly (readonly [string, Command])[] {
  if (command.commands.length === 0) return [[words.join(' '), command]];
  return command.commands.flatMap((child) => leavesOf(child, [...words, child.name()]));
}

/** Lines of code in the documentation that call `lrs`, as words; `\` at an end goes on. */
function documentedCalls(): readonly (readonly [string, string])[] {
  return globSync('{docs/**/*.md,README.md}', { cwd: ROOT }).flatMap((path) => {
    const blocks = Array.from(readPage(path).matchAll(/^```[a-z]*\n(.*?)^```/gmsu), ([, code = '']) => code);
    const lines = blocks.flatMap((code) => code.replaceAll(/\\\n\s*/gu, '').split('\n'));
    return lines.flatMap((line) => {
      const call = /(?:^|[|(]\s*)(?:npx )?(?<call>lrs [^|)]*)/u.exec(line.trim())?.groups?.['call'];
      return call === undefined ? [] : [[path, call.trim()] as const];
    });
  });
}

describe('docs/reference/cli.md', () => {
  it('has a section for every command, and for nothing else', () => {
    const documented = Array.from(PAGE.matchAll(/^### `lrs (.*)`$/gmu), ([, name]) => name);
    expect(documented).toEqual(COMMANDS.map(([name]) => name));
  });

  it.each(COMMANDS)('has the options and arguments of %s, what they mean, and an example', (name, command) => {
    const section = sectionOf(PAGE, `\`lrs ${name}\``);
    const terms = tableRows(section).map(([term]) => term);
    const { registeredArguments: given, options } = command;
    expect(terms).toEqual([
      ...given.map((one) => `\`<${one.name()}>\``),
      ...options.map(({ flags }) => `\`${flags}\``),
    ]);
    for (const { description } of [...given, ...options]) expect(description).toMatch(/\w/u);
    expect(section).toContain('Examples:\n\n```\n');
    expect(section).toContain(`lrs ${name.replace(' list', '')}`);
  });

  it('has every variable that is read, and no other', () => {
    const source = globSync('cli/**/*.ts', { cwd: ROOT }).map(readPage).join('');
    const read = new Set(Array.from(source.matchAll(/variables\['(\w+)'\]/gu), ([, name]) => name));
    const rows = tableRows(sectionOf(PAGE, 'Which LRS, and as whom')).map(([names = '']) => names);
    const documented = rows.flatMap((names) => Array.from(names.matchAll(/`(\w+)`/gu), ([, name]) => name));
    expect(new Set(documented)).toEqual(read);
  });
});

describe('calls of lrs in the documentation', () => {
  it.each(documentedCalls())('%s: %s', (_path, call) => {
    const words = call.split(/\s+/u).slice(1);
    const { command, options } = commandOf(words);
    const flags = new Set([...PROGRAM.options, ...command.options].map(({ long }) => long));
    for (const option of options) expect(['--help', ...flags]).toContain(option);
  });
});

/** What a call leads to; words that are no commands are arguments and values. */
function commandOf(words: readonly string[]): { readonly command: Command; readonly options: readonly string[] } {
  let command = PROGRAM;
  for (const word of words) command = command.commands.find((child) => child.name() === word) ?? command;
  if (command.name() === 'export') command = command.commands.find((child) => child.name() === 'create') ?? command;
  if (command.name() === 'audit') command = command.commands.find((child) => child.name() === 'list') ?? command;
  if (command.commands.length > 0 && !words.includes('--help')) throw new Error(`${words.join(' ')} is no command.`);
  return { command, options: words.filter((word) => /^--[a-z]/u.test(word)) };
}
