import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HiddenServer, startHiddenServer } from '#local/hidden-server.ts';
import { readWithin } from '#local/read-within.ts';
import { type Input, OPERATIONS, type Secrets } from '#local/secrets-manager/operations.ts';
import { SecretFile } from '#local/secrets-manager/secret-file.ts';
import { SecretsManagerError } from '#local/secrets-manager/secrets-manager-error.ts';

/** Bytes: a secret of Secrets Manager has at most 65,536, which JSON may double, and some. */
const BODY_LIMIT = 256 * 1024;

interface Answer {
  readonly status: number;
  readonly body: Input;
}

/**
 * Serves the operations of Secrets Manager that the LRS uses (AWS JSON 1.1), on loopback, without looking at signatures.
 *
 * @param options.file where the values are kept, which must belong to this server alone
 * @param options.names of the secrets that there are; none of them has a value at first
 * @throws StartError when the file holds something else
 */
export async function startSecretsManager(options: {
  readonly file: string;
  readonly names: readonly string[];
}): Promise<HiddenServer> {
  const secrets: Secrets = { file: new SecretFile(options.file), names: new Set(options.names) };
  await secrets.file.check();
  return startHiddenServer((message, response) => void serve(message, response, secrets));
}

async function serve(message: IncomingMessage, response: ServerResponse, secrets: Secrets): Promise<void> {
  try {
    const { status, body } = await answer(message, secrets);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  } catch (error) {
    // What could not be parsed is quoted in the message of a SyntaxError.
    console.error('Secrets Manager:', error instanceof SyntaxError ? 'the file of secrets is not JSON' : error);
    response.destroy();
  }
}

async function answer(message: IncomingMessage, secrets: Secrets): Promise<Answer> {
  try {
    const operation = OPERATIONS[String(message.headers['x-amz-target'])];
    if (operation === undefined) {
      throw new SecretsManagerError('UnknownOperationException', 'This server does not know the operation.');
    }
    return { status: 200, body: await operation(await readInput(message), secrets) };
  } catch (error) {
    if (!(error instanceof SecretsManagerError)) throw error;
    return { status: error.status, body: { __type: error.code, Message: error.message } };
  } finally {
    // What is left of a body that was refused, so that the connection can be used again.
    message.resume();
  }
}

async function readInput(message: IncomingMessage): Promise<Input> {
  const body = await readWithin(BODY_LIMIT, message);
  if (body === undefined) throw invalid('The request is too long.');
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    return Object(input);
  } catch {
    throw invalid('The request is not JSON.');
  }
}

function invalid(message: string): SecretsManagerError {
  return new SecretsManagerError('InvalidRequestException', message);
}
