import { sha256Of } from '#test/support/signed-statements.ts';

export interface MultipartRequest {
  readonly headers: { readonly 'content-type': string };
  readonly body: Buffer;
}

const BOUNDARY = 'the-boundary';

/** Statements with contents behind them, as xAPI 1.0.3, Communication 1.5.2 wants it. */
export function aMultipart(statements: unknown, contents: readonly Uint8Array[]): MultipartRequest {
  const parts = contents.map((content) => aPart(content));
  return multipartOf([
    aPart(Buffer.from(JSON.stringify(statements)), { 'Content-Type': 'application/json' }),
    ...parts,
  ]);
}

/** @param headers instead of those of an attachment of plain text */
export function aPart(content: Uint8Array, headers: Readonly<Record<string, string>> = ofAttachment(content)): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${lines.join('')}\r\n`), content]);
}

export function ofAttachment(content: Uint8Array): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'text/plain',
    'Content-Transfer-Encoding': 'binary',
    'X-Experience-API-Hash': sha256Of(content),
  };
}

/** @param parts as `aPart` gives them */
export function multipartOf(parts: readonly Buffer[], boundary = BOUNDARY): MultipartRequest {
  const delimited = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]);
  return {
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
    body: Buffer.concat([...delimited, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
