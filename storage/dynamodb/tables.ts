/**
 * The tables and their indexes, defined once: the deployed stacks and the laptop's engine are both made from this.
 * Attribute names are short because they count towards every item's size and are repeated in every index row; none is a
 * reserved word of DynamoDB's expressions.
 */
export interface IndexDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Attributes the index carries besides the keys. */
  readonly include: readonly string[];
}

export interface TableDefinition {
  /** The environment variable that names the table for the functions. */
  readonly variable: string;
  readonly partitionKey: 'pk';
  readonly sortKey: 'sk';
  readonly indexes: readonly IndexDefinition[];
  readonly stream: boolean;
  /**
   * The attribute with the second since 1970 from which DynamoDB may delete an item, which it does within some days: who
   * reads looks at it, too. Undefined: nothing goes by itself.
   */
  readonly timeToLive: string | undefined;
}

/** What an index row carries, so that a page of typical statements is answered from the index alone. */
const STATEMENT_ROW = ['b', 'j'];

/** @param others keys that rows are filtered by: see `storage/dynamodb/statements/row-filter.ts` */
const statementIndex = (name: string, partitionKey: string, others: readonly string[] = []): IndexDefinition => ({
  name,
  partitionKey,
  sortKey: 'p',
  include: [...STATEMENT_ROW, ...others],
});

/** Attributes of a statement item are explained in `storage/dynamodb/statements/statement-item.ts`. */
export const STATEMENTS: TableDefinition = {
  variable: 'STATEMENTS_TABLE',
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    statementIndex('actor', 'xa', ['xv', 'xo']),
    statementIndex('verb', 'xv'),
    statementIndex('activity', 'xo', ['xv']),
    statementIndex('time', 'xt'),
    statementIndex('registration', 'xr'),
    statementIndex('related-activity-1', 'x1'),
    statementIndex('related-activity-2', 'x2'),
    statementIndex('related-activity-3', 'x3'),
  ],
  stream: true,
  timeToLive: undefined,
};

export const DOCUMENTS: TableDefinition = {
  variable: 'DOCUMENTS_TABLE',
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [],
  stream: false,
  timeToLive: undefined,
};

export const REGISTRY: TableDefinition = {
  variable: 'REGISTRY_TABLE',
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [],
  stream: false,
  timeToLive: 'ttl',
};

export const TABLES = { statements: STATEMENTS, documents: DOCUMENTS, registry: REGISTRY } as const;
