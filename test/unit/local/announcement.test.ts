import { describe, expect, it } from 'vitest';
import { announcement } from '#local/announcement.ts';

const START = {
  registration: 'added',
  credentialsFile: '/clone/.lrs/credentials.json',
  dataFolder: '/clone/.lrs',
  workingFolder: '/clone',
  startTime: 420,
} as const;

describe('the announcement', () => {
  it('has all that one needs, and a curl line that a shell takes as it is', () => {
    const credential = { key: "o'key", secret: '$ecret' };
    const endpoint = 'http://127.0.0.1:8080/xapi';
    const text = announcement({ ...START, endpoint, credential });
    expect(text).toContain(`Endpoint  ${endpoint}\n`);
    expect(text).toContain('/clone/.lrs');
    expect(text).toContain('Ready in 0.4 s');
    expect(text).toContain(String.raw`curl -u 'o'\''key:$ecret'`);
    expect(text).toContain(`'${endpoint}/statements'`);
    expect(text).toContain('npx lrs whoami\n');
  });

  it.each([
    ['http://127.0.0.1:9090/records/xapi', 'http://127.0.0.1:9090'],
    ['http://127.0.0.1:8080/records', 'http://127.0.0.1:8080'],
  ])('tells the command where the LRS is when that is not where it looks: %s', (endpoint, origin) => {
    const credential = { key: 'key', secret: 'secret' };
    const text = announcement({ ...START, endpoint, credential });
    expect(text).toContain(`npx lrs --endpoint '${origin}' whoami\n`);
  });

  it('tells the command where the data is when that is not in the clone', () => {
    const credential = { key: 'key', secret: 'secret' };
    const files = { dataFolder: "/it's/data", credentialsFile: "/it's/data/credentials.json" };
    const text = announcement({ ...START, ...files, endpoint: 'http://127.0.0.1:8080/xapi', credential });
    expect(text).toContain(String.raw`  LRS_DATA_DIR='/it'\''s/data' npx lrs whoami`);
  });

  it.each([
    [undefined, 'http://127.0.0.1:8080'],
    ['/clone/.lrs/credentials.json', 'http://192.168.0.7:8080'],
  ])('names the variables that the command needs, and not the secret: %s, %s', (credentialsFile, origin) => {
    const credential = { key: 'key', secret: 'a-secret' };
    const text = announcement({ ...START, credentialsFile, endpoint: `${origin}/xapi`, credential });
    const [, management = ''] = text.split('Manage stores');
    expect(management).toContain(
      'in another terminal, where LRS_KEY and LRS_SECRET are set to the key and secret above:',
    );
    expect(management).toContain(`\n  npx lrs --endpoint '${origin}' whoami\n`);
    expect(management).not.toContain('a-secret');
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
