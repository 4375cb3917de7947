import { describe, expect, it } from 'vitest';
import { announcement } from '#local/announcement.ts';

const START = {
  registration: 'added',
  credentialsFile: '/data/credentials.json',
  dataFolder: '/data',
  startTime: 420,
} as const;

describe('the announcement', () => {
  it('has all that one needs, and a curl line that a shell takes as it is', () => {
    const credential = { key: "o'key", secret: '$ecret' };
    const endpoint = 'http://127.0.0.1:8080/xapi';
    const text = announcement({ ...START, endpoint, credential });
    expect(text).toContain(`Endpoint  ${endpoint}\n`);
    expect(text).toContain('/data');
    expect(text).toContain('Ready in 0.4 s');
    expect(text).toContain(String.raw`curl -u 'o'\''key:$ecret'`);
    expect(text).toContain(`'${endpoint}/statements'`);
    expect(text).toContain('npx lrs whoami\n');
  });

  it('tells the command where the LRS is when that is not where it looks', () => {
    const credential = { key: 'key', secret: 'secret' };
    const endpoint = 'http://127.0.0.1:9090/records/xapi';
    const text = announcement({ ...START, endpoint, credential });
    expect(text).toContain("npx lrs --endpoint 'http://127.0.0.1:9090' whoami\n");
  });

  it.each([
    ['/data/credentials.json', 'delete that file, or set LRS_KEY and LRS_SECRET to a new pair, and start again'],
    [undefined, 'start with another LRS_KEY and LRS_SECRET'],
  ])('of a credential in %s that was ended says how to go on, and no line that would fail', (credentialsFile, way) => {
    const credential = { key: 'key', secret: 'the old secret' };
    const endpoint = 'http://127.0.0.1:8080/xapi';
    const text = announcement({ ...START, registration: 'superseded', credentialsFile, endpoint, credential });
    expect(text).toContain(`The credential in ${credentialsFile ?? 'LRS_KEY and LRS_SECRET'} is no longer good:`);
    expect(text).toContain(way);
    expect(text).toContain(`Endpoint  ${endpoint}\n`);
    expect(text).toContain('Ready in 0.4 s');
    expect(text).not.toMatch(/curl|whoami|the old secret/u);
  });
});
