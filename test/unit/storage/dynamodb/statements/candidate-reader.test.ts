import { expect, it } from 'vitest';
import { keyAttributes } from '#storage/dynamodb/attributes.ts';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { CandidateReader } from '#storage/dynamodb/statements/candidate-reader.ts';
import { Journals, type JournalState } from '#storage/dynamodb/statements/journal.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { beforeDeadline } from '#storage/write-horizon.ts';

const KEYSPACE = new Keyspace('store', 1);

/** A statement that an index has brought with its body, and that is named like the journal it was written under. */
function aCandidate(journal: string) {
  return { id: journal, at: journal, row: { id: journal, at: journal, body: Buffer.of(1), journal } };
}

function aJournal(journals: Journals, id: string, state: JournalState) {
  return { ...keyAttributes(journals.key(KEYSPACE, id)), jstate: { S: state } };
}

/** The journals of a process, and a reader of a table that has these, and lets `meanwhile` happen before each answer. */
function aProcess(stored: Readonly<Record<string, JournalState>>, meanwhile: () => void) {
  const answer = async () => {
    meanwhile();
    const items = Object.entries(stored).map(([id, state]) => aJournal(journals, id, state));
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify({ Responses: { Statements: items } })) };
  };
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const client = new DynamoDbService({ region: 'eu-central-1' }, { credentials, exchange: answer });
  const table = new StatementsTable(client, 'Statements');
  const journals = new Journals(table, beforeDeadline(Date.now));
  const learn = (id: string, state: JournalState) => journals.learn(KEYSPACE, id, aJournal(journals, id, state));
  return { learn, reader: new CandidateReader(table, journals) };
}

it('shows what it knew of when it began, though other pages have the process forget that', async () => {
  const { learn, reader } = aProcess({ new: 'committed', open: 'open', ended: 'aborted' }, () => {
    for (let id = 0; id < 10_000; id += 1) learn(`other ${id}`, 'committed');
  });
  learn('known', 'committed');
  learn('given up', 'aborted');
  const page = ['known', 'given up', 'new', 'open', 'ended', 'known'].map(aCandidate);
  const rows = await reader.read(KEYSPACE, page);
  expect(rows.map((row) => row?.id)).toEqual(['known', undefined, 'new', undefined, undefined, 'known']);
});
