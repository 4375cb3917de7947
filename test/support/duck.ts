import { DuckDBInstance } from '@duckdb/node-api';

/** A row of an answer: numbers, texts, lists and objects; instants and other 64 bits as text. */
export type DuckRow = Readonly<Record<string, unknown>>;

export interface Duck {
  query(sql: string): Promise<readonly DuckRow[]>;
  close(): void;
}

/** DuckDB in memory, as BI people have it on their laptops; its clock shows UTC. */
export async function openDuck(): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    query: async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson();
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
