import { canonicalOrigin } from '#access/origin.ts';
import { isStoreId, STORE_ID_RULE } from '#access/store.ts';
import { TOKEN_USER } from '#access/token-user.ts';
import { FORMATS } from '#xapi/data-types/formats.ts';

interface FormatRule {
  readonly test: (text: string) => boolean;
  /** As a phrase. */
  readonly expected: string;
}

/** What paths hold as it is: gateways decode them before they hand them on, and cut them at a `?`. */
const KEY = /^[A-Za-z0-9][A-Za-z0-9._~@-]{0,127}$/u;

const LABEL: FormatRule = {
  test: (text) => /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(text),
  expected: '1 to 200 characters, none of them a control character',
};

const CLAIM: FormatRule = {
  test: (text) => /^[^\p{Cc}\p{Cs}]{1,300}$/u.test(text),
  expected: '1 to 300 characters, none of them a control character',
};

/** What `schemas/admin/` says of texts, besides the formats of the xAPI. */
const ADMIN_FORMAT_RULES: Readonly<Record<string, FormatRule>> = {
  label: LABEL,
  'claim-name': CLAIM,
  'claim-value': CLAIM,
  'store-id': { test: isStoreId, expected: STORE_ID_RULE },
  'new-key': {
    test: (text) => KEY.test(text) && text !== TOKEN_USER,
    expected: '1 to 128 letters, digits and signs of . _ ~ @ -, the first a letter or digit, and not "token"',
  },
  origin: {
    test: (text) => canonicalOrigin(text) !== undefined,
    expected: 'the origin of a web page, such as https://lms.example.com',
  },
  'column-path': { test: (text) => /^.{1,500}$/su.test(text), expected: '1 to 500 characters' },
  'language-ranges': {
    test: (text) => /^[\w\-*;=.,\t ]{1,200}$/u.test(text),
    expected: 'languages as Accept-Language has them, such as de-CH,de;q=0.8,en;q=0.5',
  },
  'token-id': { test: (text) => /^[\w-]{1,64}$/u.test(text), expected: 'the jti of a token' },
  'issuer-url': {
    test: isIssuerUrl,
    expected: 'an https URL of at most 500 characters, without user, query and fragment',
  },
};

/** By name, for the generator of validators. */
export const ADMIN_FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  ...FORMATS,
  ...Object.fromEntries(Object.entries(ADMIN_FORMAT_RULES).map(([name, { test }]) => [name, test])),
};

/** By name, for messages. */
export const ADMIN_FORMAT_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ADMIN_FORMAT_RULES).map(([name, { expected }]) => [name, expected]),
);

/** Whether plain http is enough for it depends on the deployment. */
function isIssuerUrl(text: string): boolean {
  const url = text.length > 500 ? null : URL.parse(text);
  if (url === null || !/^https?:\/\/[^/?#@\\\s]/u.test(text)) return false;
  return url.username === '' && url.password === '' && !/[?#]/u.test(text);
}
