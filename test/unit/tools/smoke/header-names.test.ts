import { describe, expect, it } from 'vitest';
import type { Finding } from '#tools/smoke/finding.ts';
import { expectHeaders } from '#tools/smoke/header-names.ts';

function findingOf(headers: Readonly<Record<string, string>>): Finding | undefined {
  const findings: Finding[] = [];
  const verify = (holds: boolean, finding: Finding): boolean => {
    if (!holds) findings.push(finding);
    return holds;
  };
  const empty = { body: Buffer.alloc(0), excerpt: () => '' };
  const answer = { request: 'GET /statements', status: 401, headers, ...empty, milliseconds: 1 };
  expectHeaders({ verify }, answer, ['WWW-Authenticate']);
  return findings[0];
}

describe('a header that clients read', () => {
  it('may be there', () => {
    expect(findingOf({ 'www-authenticate': 'Basic' })).toBeUndefined();
  });

  it('may be missing', () => {
    expect(findingOf({})?.advice).toMatch(/takes WWW-Authenticate away/u);
  });

  it('may be renamed by a gateway, where CloudFront helps', () => {
    const finding = findingOf({ 'x-amzn-remapped-www-authenticate': 'Basic' });
    expect(finding?.received).toBe('GET /statements gave 401 with the header x-amzn-remapped-www-authenticate');
    expect(finding?.advice).toMatch(/deploy with `-c edge=true -c edgeRestoresHeaders=true`/u);
  });

  it('may be renamed although CloudFront is there', () => {
    const via = '1.1 abc.cloudfront.net (CloudFront)';
    const finding = findingOf({ 'x-amzn-remapped-www-authenticate': 'Basic', via });
    expect(finding?.advice).toMatch(/deploy with `-c edgeRestoresHeaders=true`/u);
  });
});
