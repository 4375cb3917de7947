import { startBackground } from '#local/background.ts';
import { keptCredential } from '#local/credentials.ts';
import { takeDataFolder } from '#local/data-folder.ts';
import { functionVariables } from '#local/function-variables.ts';
import { eventFunctions, loadFunctions } from '#local/functions.ts';
import type { GatewayHandlers } from '#local/gateway/handler.ts';
import { startGateway } from '#local/gateway/server.ts';
import type { Gateway } from '#local/gateway/server.ts';
import { FunctionThread } from '#local/lambda/function-thread.ts';
import { provision } from '#local/provision.ts';
import { startServices } from '#local/services.ts';
import type { Settings } from '#local/settings.ts';
import { StartError } from '#local/start-error.ts';
import { unusableFile } from '#local/unusable-file.ts';
import { routesWith } from '#lib/routes.ts';
import type { GivenCredential } from '#storage/given-credential.ts';
import type { Registration } from '#storage/register-credential.ts';

/** Milliseconds that requests in flight get to finish when the LRS is stopped. */
const STOP_PATIENCE = 10_000;

export interface LocalLrs {
  /** The URL that content is given, without a slash at its end. */
  readonly endpoint: string;
  readonly credential: GivenCredential;
  /** What became of the credential at this start. */
  readonly registration: Registration;
  /** Which holds the credential, unless it was given. */
  readonly credentialsFile: string | undefined;
  /** Resolves when the embedded engine has ended, because the LRS was stopped or by itself, with a sentence that says how. */
  readonly engineEnded: Promise<string>;
  /** Finishes what is in flight and ends everything that was started. */
  stop(): Promise<void>;
}

/**
 * Starts the whole LRS in this process, of which it fills `process.env`.
 *
 * @throws StartError when something is in the way; what was started by then has been stopped again.
 */
export async function startLocalLrs(settings: Settings): Promise<LocalLrs> {
  const stack = new AsyncDisposableStack();
  try {
    return await start(settings, stack);
  } catch (error) {
    await stack.disposeAsync();
    throw unusableFile(error, settings.dataFolder);
  }
}

async function start(settings: Settings, stack: AsyncDisposableStack): Promise<LocalLrs> {
  const folder = await takeDataFolder(settings.dataFolder);
  stack.defer(() => {
    folder.release();
  });
  const thread = new FunctionThread();
  stack.defer(() => thread.stop());
  const called = eventFunctions(thread);
  const { endpoints, engineEnded } = await startServices(settings, folder, called.invoked, stack);
  const credential = settings.credential ?? (await keptCredential(folder.credentialsFile));

  const functions = Promise.withResolvers<GatewayHandlers>();
  const gateway = await listen(settings, functions.promise);
  stack.defer(() => gateway.stop(STOP_PATIENCE));
  // When the start fails, nobody has to wait for the functions any more.
  functions.promise.catch(() => {});
  stack.defer(() => functions.reject(new Error('The LRS has not started.')));
  const origin = `http://${authority(settings.host, gateway.port)}`;

  const variables = functionVariables(settings, { ...endpoints, lrs: origin }, process.env);
  Object.assign(process.env, variables);
  const places = { region: variables['AWS_REGION'] ?? '', ...endpoints };
  const [{ handlers, keeper }, registration] = await Promise.all([loadFunctions(), provision(places, credential)]);
  const background = startBackground({ keeper, functions: called, ...places, streamFile: folder.streamFile });
  stack.defer(() => background.stop());
  functions.resolve(handlers);
  return {
    endpoint: `${origin}${settings.basePath}`,
    credential,
    registration,
    credentialsFile: settings.credential === undefined ? folder.credentialsFile : undefined,
    engineEnded,
    stop: () => stack.disposeAsync(),
  };
}

/** The functions are made when the port is known, which they hand out. */
async function listen({ host, port, basePath }: Settings, handlers: Promise<GatewayHandlers>): Promise<Gateway> {
  try {
    return await startGateway({ host, port, basePath, routes: routesWith(basePath), handlers });
  } catch (error) {
    const where = authority(host, port);
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new StartError(`Another program listens on ${where}: stop it, or set PORT to another port.`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`Cannot listen on ${where} (${reason}): set HOST and PORT to an address of this machine.`);
  }
}

/** How this machine reaches what listens there. */
function authority(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `127.0.0.1:${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
