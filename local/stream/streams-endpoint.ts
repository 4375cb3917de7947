const DYNAMODB_HOST = /^dynamodb\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/u;

/**
 * Where the streams are of the tables that are there: engines answer for both in one place, AWS does in two.
 *
 * @param dynamoDb URL
 */
export function streamsEndpoint(dynamoDb: string): string {
  const url = new URL(dynamoDb);
  if (!DYNAMODB_HOST.test(url.hostname)) return dynamoDb;
  return `${url.protocol}//streams.${url.hostname}`;
}
