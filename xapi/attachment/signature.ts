import { invalidSignature } from '#xapi/attachment/invalid-signature.ts';
import { type Jws, parseJws } from '#xapi/attachment/jws.ts';
import type { AttachmentContent } from '#xapi/attachment/pair-attachments.ts';
import { verifyCertificates } from '#xapi/attachment/verify-certificates.ts';
import { isJsonObject } from '#xapi/json/json-value.ts';
import { shorten } from '#xapi/shorten.ts';
import { equalStatements } from '#xapi/statement/equality.ts';
import type { Statement } from '#xapi/statement/statement.ts';

/** xAPI 1.0.3, Data 2.6. */
const SIGNATURE_USAGE = 'http://adlnet.gov/expapi/attachments/signature';
const SIGNATURE_TYPE = 'application/octet-stream';

/**
 * Verifies the signatures of signed statements (xAPI 1.0.3, Data 2.6): each is a JWS whose payload is the statement
 * before the signature was added, signed by the certificate it carries, if it carries one. Many statements may share a
 * signature, and a statement may declare one many times: each is read once.
 *
 * @param contents what came with the request
 * @param pathOf JSON path of the statement with this index
 * @throws XapiError `signature-invalid`
 */
export function verifySignatures(
  statements: readonly Statement[],
  contents: readonly AttachmentContent[],
  pathOf: (index: number) => string,
): void {
  const byHash = new Map(contents.map(({ sha2, content }) => [sha2, content]));
  const known = new Map<string, Signature>();
  for (const [index, statement] of statements.entries()) {
    for (const [sha2, path] of signaturesOf(statement, pathOf(index))) {
      const signature = known.get(sha2) ?? readSignature(byHash.get(sha2), path);
      if (!equalStatements(signature.signed, withoutSignatures(statement))) {
        const message = 'The signed statement is not the one that was sent.';
        throw invalidSignature(path, message, 'an equal statement as payload');
      }
      if (!known.has(sha2)) verifyCertificates(signature.jws, path);
      known.set(sha2, signature);
    }
  }
}

interface Signature {
  readonly jws: Jws;
  /** The payload, to be compared with the statement. */
  readonly signed: object;
}

function readSignature(content: Uint8Array | undefined, path: string): Signature {
  if (content === undefined) {
    throw invalidSignature(
      path,
      'The signature did not come with the statement.',
      'a part of the request with its hash',
    );
  }
  const jws = parseJws(content, path);
  return { jws, signed: withoutSignatures(jws.payload) };
}

/** @returns the hash of each signature, in lower case, with the JSON path of an attachment that declares it. */
function signaturesOf({ attachments = [] }: Statement, path: string): ReadonlyMap<string, string> {
  const signatures = attachments.flatMap(({ usageType, contentType, sha2 }, index): [string, string][] => {
    if (usageType !== SIGNATURE_USAGE) return [];
    const at = `${path}.attachments[${index}]`;
    checkType(contentType, at);
    return [[sha2.toLowerCase(), at]];
  });
  return new Map(signatures);
}

function checkType(contentType: string, path: string): void {
  if (contentType === SIGNATURE_TYPE) return;
  const message = `A signature has the content type ${shorten(contentType)}.`;
  throw invalidSignature(`${path}.contentType`, message, SIGNATURE_TYPE);
}

/** A signature cannot sign itself, and what was signed has no `attachments` when there were no others. */
function withoutSignatures(statement: object): object {
  const members = Object.entries(statement).flatMap(([name, value]: [string, unknown]) => {
    if (name !== 'attachments' || !Array.isArray(value)) return [[name, value]];
    const others = value.filter((item) => !isJsonObject(item) || item['usageType'] !== SIGNATURE_USAGE);
    return others.length === 0 ? [] : [[name, others]];
  });
  return Object.fromEntries(members);
}
