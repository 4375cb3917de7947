import type { Rule } from '#xapi/statement/rules/rule.ts';
import type { Attachment } from '#xapi/statement/statement.ts';

const SIGNATURE_USAGE = 'http://adlnet.gov/expapi/attachments/signature';

export const signatureIsOctetStream: Rule<Attachment> = ({ usageType, contentType }, path) => {
  if (usageType !== SIGNATURE_USAGE || contentType === 'application/octet-stream') return undefined;
  return {
    path: `${path}.contentType`,
    message: 'A signature is an attachment of type application/octet-stream.',
    expected: '"application/octet-stream"',
    received: contentType,
    subject: 'signature',
  };
};
