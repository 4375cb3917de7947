import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLI_LAUNCHER } from '#test/support/run-cli.ts';

/** Takes connections, and never answers. */
let silent: Server;

beforeEach(async () => {
  silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
});

afterEach(() => {
  silent.close();
});

function whoami() {
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return spawn(process.execPath, [CLI_LAUNCHER, 'whoami'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: '/nowhere',
      LRS_ENDPOINT: `http://127.0.0.1:${port}`,
      LRS_KEY: 'a-key',
      LRS_SECRET: 'a-secret',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('Ctrl-C', () => {
  it('ends a command that waits, without a word', async () => {
    const connected = once(silent, 'connection');
    const child = whoami();
    const printed = Promise.all([text(child.stdout), text(child.stderr)]);
    const [connection] = await connected;
    child.kill('SIGINT');
    await once(child, 'exit');
    connection.destroy();
    expect([child.exitCode, await printed]).toEqual([130, ['', '']]);
  });
});

describe('a reader that has seen enough', () => {
  it('ends the command, without a word', async () => {
    const child = spawn(process.execPath, [CLI_LAUNCHER, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const messages = await text(child.stderr);
    expect([child.exitCode ?? (await once(child, 'exit'))[0], messages]).toEqual([0, '']);
  });
});
