/**
 * Milliseconds. A request that a service answers at all, it answers within a fraction of this. `requestTimeout` ends with
 * the headers of the answer, `socketTimeout` also ends a body that does not go on.
 */
export const SERVICE_TIMEOUTS = {
  connectionTimeout: 1_000,
  requestTimeout: 3_000,
  socketTimeout: 3_000,
  throwOnRequestTimeout: true,
};
