import { describe, expect, it } from 'vitest';
import { announcement } from '#local/announcement.ts';

describe('the announcement', () => {
  it('has all that one needs, and a curl line that a shell takes as it is', () => {
    const credential = { key: "o'key", secret: '$ecret' };
    const endpoint = 'http://127.0.0.1:8080/xapi';
    const text = announcement({ endpoint, credential, dataFolder: '/data', startTime: 420 });
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
    const text = announcement({ endpoint, credential, dataFolder: '/data', startTime: 420 });
    expect(text).toContain("npx lrs --endpoint 'http://127.0.0.1:9090' whoami\n");
  });
});
