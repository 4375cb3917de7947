/** When a change of credentials and issuers is. */
export const EFFECTIVE =
  'Effective within 30 seconds for requests of the xAPI, within 2 for this API and for who asks for tokens.';
