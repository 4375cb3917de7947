import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  ATTACHMENT_FIELDS,
  type AttachmentField,
  type Column,
  LAKE_TABLES,
  LAKE_VERSION,
  type LakeTable,
} from '#lake/columns.ts';

import type { Generator } from './generator.ts';

const PATH = 'docs/reference/lake.md';
const PLACE = /<!-- generated: tables -->\n.*?<!-- end -->\n/su;

/** The tables of the lake and their columns, in the place that a page keeps for them. */
export const lakeTables: Generator = {
  name: 'tables of the lake',
  generate: async () => {
    const page = await readFile(fileURLToPath(new URL(`../../${PATH}`, import.meta.url)), 'utf8');
    return new Map([[PATH, page.replace(PLACE, () => `<!-- generated: tables -->\n\n${tables()}\n<!-- end -->\n`)]]);
  },
};

function tables(): string {
  const sections = Object.values(LAKE_TABLES)
    .filter(({ name }) => name !== LAKE_TABLES.pseudonymous.name)
    .map(section);
  return `These are the columns of version ${LAKE_VERSION}.\n\n${sections.join('\n')}`;
}

function section({ name, columns, partitionedBy, description }: LakeTable): string {
  const rows = columns.map((column) => [
    `\`${column.name}\``,
    typeOf(column),
    column.required === true ? 'yes' : '',
    column.personal === true ? 'yes' : '',
    column.description,
  ]);
  const partitions = partitionedBy.map((column) => [
    `\`${column}\``,
    column === 'dt' ? 'date' : 'text',
    'yes',
    '',
    column === 'dt' ? 'Day of `stored`, in UTC; a partition' : 'Id of the store; a partition',
  ]);
  const head = ['column', 'type', 'always', 'personal', 'meaning'];
  return `### \`${name}\`\n\n${description}.\n\n${table([head, head.map(() => '---'), ...partitions, ...rows])}`;
}

function typeOf({ kind }: Column): string {
  if (kind === 'texts') return 'list of texts';
  if (kind !== 'attachments') return kind;
  return `list of structs: ${ATTACHMENT_FIELDS.map(field).join(', ')}`;
}

function field({ name, kind, personal }: AttachmentField): string {
  return `\`${name}\` (${kind}${personal === true ? ', personal' : ''})`;
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
