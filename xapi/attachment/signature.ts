import { invalidSignature } from '#xapi/attachment/invalid-signature.ts';
import { parseJws } from '#xapi/attachment/jws.ts';
import type { AttachmentContent } from '#xapi/attachment/pair-attachments.ts';
import { verifyCertificates } from '#xapi/attachment/verify-certificates.ts';
import { isJsonObject } from '#xapi/json/json-value.ts';
import { shorten } from '#xapi/shorten.ts';
import { equalStatements } from '#xapi/statement/equality.ts';
import type { Attachment, Statement } from '#xapi/statement/statement.ts';

/** xAPI 1.0.3, Data 2.6. */
const SIGNATURE_USAGE = 'http://adlnet.gov/expapi/attachments/signature';
const SIGNATURE_TYPE = 'application/octet-stream';

/**
 * Verifies the signatures of signed statements (xAPI 1.0.3, Data 2.6): each is a JWS whose payload is the statement
 * before the signature was added, signed by the certificate it carries, if it carries one.
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
  for (const [index, statement] of statements.entries()) {
    for (const [position, attachment] of (statement.attachments ?? []).entries()) {
      if (attachment.usageType !== SIGNATURE_USAGE) continue;
      const content = byHash.get(attachment.sha2.toLowerCase());
      verifySignature(statement, attachment, content, `${pathOf(index)}.attachments[${position}]`);
    }
  }
}

function verifySignature(
  statement: Statement,
  { contentType }: Attachment,
  content: Uint8Array | undefined,
  path: string,
): void {
  if (contentType !== SIGNATURE_TYPE) {
    const message = `A signature has the content type ${shorten(contentType)}.`;
    throw invalidSignature(`${path}.contentType`, message, SIGNATURE_TYPE);
  }
  if (content === undefined) {
    throw invalidSignature(
      path,
      'The signature did not come with the statement.',
      'a part of the request with its hash',
    );
  }
  const jws = parseJws(content, path);
  if (!equalStatements(withoutSignatures(jws.payload), withoutSignatures(statement))) {
    throw invalidSignature(path, 'The signed statement is not the one that was sent.', 'an equal statement as payload');
  }
  verifyCertificates(jws, path);
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
