import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { followed, pageIn, statementIn, walk } from '#test/support/http-client.ts';
import { aMultipart } from '#test/support/multipart.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';

const { lrs, client } = testLrs();

describe.each(['terminate', 'kill9'] as const)('after a restart (%s)', (end) => {
  const verb = `http://example.com/verbs/${end}`;
  const agent = anAgent(end, { name: 'Ann' });
  const activity = anActivity(end, { name: { en: 'A course' } });
  const content = Buffer.from([0, 255, 13, 10, 45, 45]);
  const ids = Array.from({ length: 3 }, () => randomUUID());
  const documents = [
    { path: '/activities/state', query: { activityId: activity.id, agent: JSON.stringify(agent), stateId: 's' } },
    { path: '/activities/profile', query: { activityId: activity.id, profileId: 'p' } },
    { path: '/agents/profile', query: { agent: JSON.stringify(agent), profileId: 'p' } },
  ];
  const etags: (string | undefined)[] = [];
  let more: string;

  beforeAll(async () => {
    const statements = ids.map((id) => ({ ...aStatement({ actor: agent, object: activity, verb: { id: verb } }), id }));
    await client.post('/statements', statements);
    ({ more } = pageIn(await client.getJson('/statements', { verb, limit: '2' })));
    const attached = aStatement({ id: randomUUID(), actor: agent, attachments: [anAttachment(content)] });
    await client.send({ path: '/statements', method: 'POST', ...aMultipart(attached, [content]) });
    for (const document of documents) {
      const headers = { 'content-type': 'application/octet-stream', 'if-none-match': '*' };
      await client.send({ ...document, method: 'PUT', headers, body: content });
      etags.push((await client.send(document)).headers.etag);
    }
    await lrs[end]();
    await lrs.restart();
  });

  it('the statements are there, and a link to more of them goes on', async () => {
    expect(await walk(client, lrs.url, { verb, ascending: 'true' })).toEqual(ids);
    const rest = pageIn(await client.send(followed(more, lrs.url)));
    expect(rest.statements.map(({ id }) => id)).toEqual(ids.slice(0, 1));
  });

  it('the attachments are there', async () => {
    const { bytes } = await client.getJson('/statements', { agent: JSON.stringify(agent), attachments: 'true' });
    expect(bytes.includes(content)).toBe(true);
  });

  it('the documents are there, under the same ETags', async () => {
    for (const [index, document] of documents.entries()) {
      const { headers, bytes } = await client.send(document);
      expect([headers.etag, bytes]).toEqual([etags[index], content]);
    }
  });

  it('activities and persons are known', async () => {
    expect(statementIn(await client.getJson('/activities', { activityId: activity.id }))).toMatchObject(activity);
    const person = await client.getJson('/agents', { agent: JSON.stringify(anAgent(end)) });
    expect(JSON.parse(person.text)).toMatchObject({ name: ['Ann'] });
  });
});
