import { StartError } from '#local/start-error.ts';

/**
 * @param parameters what the command line has behind the module
 * @throws StartError when there is one: an option that has no effect would go unnoticed
 */
export function refuseParameters([first]: readonly string[]): void {
  if (first === undefined) return;
  throw new StartError(
    `npm start takes no options, but got ${JSON.stringify(first)}. Settings are environment variables, ` +
      'as in PORT=9090 npm start; docs/reference/configuration.md has them all.',
  );
}
