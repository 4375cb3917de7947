import { answerDeployment, isDeployment } from '#functions/bootstrap-credential/deployment.ts';
import { readCredential } from '#functions/bootstrap-credential/read-credential.ts';
import type { Logger } from '#runtime/logger.ts';
import { stackOf } from '#runtime/stack-of.ts';
import { type Registration, registerCredential } from '#storage/register-credential.ts';
import type { Registry } from '#storage/registry.ts';

export interface BootstrapDeps {
  readonly logger: Logger;
  readonly registry: Pick<Registry, 'get' | 'registeredSecrets' | 'commit'>;
  /** Of the secret that holds key and secret of the credential. */
  readonly secretArn: string;
  /** @returns the value of the secret. */
  readonly readSecret: () => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Of the account that statements get as their authority. */
  readonly homePage: string;
}

/** What a caller other than CloudFormation gets. */
interface Outcome {
  readonly key: string;
  readonly credential: Registration;
  /** Present when the credential is not as the secret has it. */
  readonly advice?: string;
}

const ADVICE =
  'The key and secret were registered before, and since then the credential was rotated, disabled or deleted, or has ' +
  'expired. It is left so. Give the secret another value, with another key if the credential is to stay as it is, and ' +
  'call this function again.';

/**
 * Registers the first credential as its secret has it. CloudFormation calls when the deployment is new, or has another
 * secret or Registry, and is answered at its URL. Anybody else calls by `aws lambda invoke`, with any event or none, after
 * the secret was given another value. What administrators have ended stays so, and fails no deployment. When the
 * deployment is deleted, the credential stays with the data.
 */
export function createHandler(deps: BootstrapDeps): (event: unknown) => Promise<Outcome | undefined> {
  return async (event) => {
    if (!isDeployment(event)) return register(deps);
    await answerDeployment(event, event.RequestType === 'Delete' ? undefined : await failureOf(deps));
    return undefined;
  };
}

async function register({ logger, now, registry, secretArn, readSecret, homePage }: BootstrapDeps): Promise<Outcome> {
  const given = readCredential(await readSecret(), secretArn);
  const credential = await registerCredential(registry, given, { homePage, label: `from ${secretArn}` }, now());
  const fields = { key: given.key, credential, secretArn };
  if (credential === 'superseded') {
    logger.warn('first credential superseded', { ...fields, advice: ADVICE });
    return { key: given.key, credential, advice: ADVICE };
  }
  logger.info('first credential registered', fields);
  return { key: given.key, credential };
}

/** Registers. @returns why that failed, undefined if it did not. */
async function failureOf(deps: BootstrapDeps): Promise<string | undefined> {
  try {
    await register(deps);
    return undefined;
  } catch (error) {
    deps.logger.error('first credential not registered', { stack: stackOf(error) });
    return `The first credential is not registered. ${error instanceof Error ? error.message : String(error)}`;
  }
}
