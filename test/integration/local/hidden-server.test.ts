import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HiddenServer, startHiddenServer } from '#local/hidden-server.ts';
import { startLambda } from '#local/lambda/server.ts';
import { startS3 } from '#local/s3/server.ts';
import { startSecretsManager } from '#local/secrets-manager/server.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

/** @returns the status, the answer's headers, and its text */
async function ask(server: HiddenServer, host?: string, body = ''): Promise<readonly [number, object, string]> {
  const { hostname, port } = new URL(server.endpoint);
  const headers = { host: host?.replace('PORT', port) ?? `${hostname}:${port}` };
  const outgoing = request({ hostname, port, method: 'POST', headers });
  outgoing.end(body);
  const [message] = await once(outgoing, 'response');
  let text = '';
  for await (const chunk of message.setEncoding('utf8')) text += chunk;
  return [message.statusCode, message.headers, text];
}

const NAMES = ['evil.example:PORT', 'evil.example', 'localhost:PORT', '127.0.0.1'];

describe('a hidden server', () => {
  it.each(NAMES)('answers nobody who names it %j, to which a page may have bound its address', async (name) => {
    const asked: (string | undefined)[] = [];
    const server = await startHiddenServer((message, response) => {
      asked.push(message.headers.host);
      response.end('the secret');
    });
    expect(await ask(server, name, 'x'.repeat(300_000))).toEqual([
      403,
      expect.not.objectContaining({ 'access-control-allow-origin': expect.anything() }),
      'This server is reached by its address alone.',
    ]);
    expect(asked).toEqual([]);
    expect((await ask(server)).at(2)).toBe('the secret');
    await server.stop();
  });

  it.each<[string, (folder: string) => Promise<HiddenServer>]>([
    ['S3', (folder) => startS3({ directory: join(folder, 's3') })],
    ['Lambda', () => startLambda({ functions: {} })],
    ['Secrets Manager', (folder) => startSecretsManager({ file: join(folder, 'secrets.json'), names: [] })],
  ])('is what serves %s', async (_, start) => {
    const server = await start(await temporaryFolder());
    expect((await ask(server, 'evil.example:PORT')).at(0)).toBe(403);
    expect((await ask(server)).at(0)).not.toBe(403);
    await server.stop();
  });
});
