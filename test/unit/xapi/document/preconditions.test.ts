import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XapiError } from '#xapi/errors.ts';
import { writeCondition, type DocumentChange } from '#xapi/document/preconditions.ts';
import { etagOf } from '#xapi/document/etag.ts';

const ETAG = etagOf(Buffer.from('content'));
const OTHER = etagOf(Buffer.from('other'));

const change = (overrides: Partial<DocumentChange> = {}): DocumentChange => ({
  version: '1.0.3',
  resource: 'agent-profile',
  method: 'PUT',
  ...overrides,
});

describe('ETag (xAPI 1.0.3, Communication 3.1)', () => {
  it('is the SHA-1 of the content in quotes', () => {
    expect(etagOf(Buffer.from(''))).toBe('"da39a3ee5e6b4b0d3255bfef95601890afd80709"');
  });
});

describe('preconditions (xAPI 1.0.3, Communication 3.1; RFC 9110, 13)', () => {
  it.each([ETAG, `${OTHER}, ${ETAG}`, '*', `W/${ETAG}`, ETAG.slice(1, -1)])('If-Match: %s holds', (ifMatch) => {
    expect(writeCondition(change({ ifMatch }), ETAG)).toEqual({ etag: ETAG });
  });

  it.each([
    [OTHER, ETAG],
    [ETAG, undefined],
    ['*', undefined],
  ])('If-Match: %s fails when the ETag is %s', (ifMatch, current) => {
    expect(() => writeCondition(change({ ifMatch }), current)).toThrow(
      expect.objectContaining({ code: 'precondition-failed' }),
    );
  });

  it.each([
    ['*', undefined, 'absent'],
    [OTHER, ETAG, { etag: ETAG }],
    [OTHER, undefined, 'absent'],
  ])('If-None-Match: %s holds when the ETag is %s', (ifNoneMatch, current, condition) => {
    expect(writeCondition(change({ ifNoneMatch }), current)).toEqual(condition);
  });

  it.each(['*', ETAG, `${OTHER},W/${ETAG}`])('If-None-Match: %s fails when the document matches', (ifNoneMatch) => {
    expect(() => writeCondition(change({ ifNoneMatch }), ETAG)).toThrow(
      expect.objectContaining({ code: 'precondition-failed' }),
    );
  });

  it.each(['', ',', '"'])('If-Match: %o is refused', (ifMatch) => {
    expect(() => writeCondition(change({ ifMatch }), ETAG)).toThrow(
      expect.objectContaining({ code: 'header-invalid' }),
    );
  });

  it.each([
    change({ resource: 'agent-profile' }),
    change({ resource: 'activity-profile' }),
    change({ resource: 'state', version: '2.0.0' }),
  ])('are required to replace a document: %o', (request) => {
    expect(() => writeCondition(request, ETAG)).toThrow(
      expect.objectContaining({ code: 'precondition-required', message: expect.stringContaining('If-Match') }),
    );
  });

  it.each(['agent-profile', 'activity-profile', 'state'] as const)(
    'let 2.0 create a document without: %s',
    (resource) => {
      expect(writeCondition(change({ resource, version: '2.0.0' }), undefined)).toBe('absent');
    },
  );

  it('are required by 1.0.3 to create a profile', () => {
    const problem = { code: 'header-invalid', section: 'xAPI 1.0.3, Communication 3.1' };
    expect(() => writeCondition(change(), undefined)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining(problem) }),
    );
  });

  it.each([
    change({ resource: 'state' }),
    change({ method: 'DELETE' }),
    change({ method: 'DELETE', version: '2.0.0' }),
  ])('are not required otherwise: %o', (request) => {
    expect(writeCondition(request, ETAG)).toBeUndefined();
    expect(writeCondition(request, undefined)).toBeUndefined();
  });

  it('bind a merge to the document it was merged with', () => {
    expect(writeCondition(change({ method: 'POST' }), ETAG)).toEqual({ etag: ETAG });
    expect(writeCondition(change({ method: 'POST' }), undefined)).toBe('absent');
  });

  it('fail only with their own errors, whatever the headers say', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.option(fc.constant(ETAG)), (ifMatch, ifNoneMatch, current) => {
        const error = errorOf(() => writeCondition(change({ ifMatch, ifNoneMatch }), current ?? undefined));
        expect(error === undefined || error instanceof XapiError).toBe(true);
      }),
    );
  });
});

function errorOf(attempt: () => unknown): unknown {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return error;
  }
}
