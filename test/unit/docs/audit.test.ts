import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS, type AuditRecord, recordAfter } from '#access/audit-record.ts';
import { AUTHENTICATION_FAILURES } from '#access/counted-event.ts';
import { codeOf, readPage, sectionOf, tableRows } from '#test/support/markdown.ts';

const PAGE = readPage('docs/reference/audit.md');

const END = { sequence: 1, hash: '0'.repeat(64), expires: 0 };

const WHOLE: AuditRecord = recordAfter(END, {
  store: 'default',
  time: 0,
  principal: 'key',
  source: '127.0.0.1',
  requestId: 'request-1',
  action: 'store-created',
  subject: 'acme',
  result: 'done',
  details: {},
});

function firstColumn(heading: string): readonly (string | undefined)[] {
  return tableRows(sectionOf(PAGE, heading)).map(([name]) => codeOf(name));
}

describe('docs/reference/audit.md', () => {
  it('has every member of a record, and no other', () => {
    expect(new Set(firstColumn('Members'))).toEqual(new Set(Object.keys(WHOLE)));
  });

  it('has every action, in the order of the code, and no other', () => {
    expect(firstColumn('Actions')).toEqual(AUDIT_ACTIONS);
  });

  it('has every reason of a failure, in the order of the code, and no other', () => {
    expect(firstColumn('Reasons of `authentication-failed`')).toEqual(AUTHENTICATION_FAILURES);
  });
});
