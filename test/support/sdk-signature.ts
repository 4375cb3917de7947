import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ReceivedRequest } from '#test/support/loopback-server.ts';

type Signing = Pick<ConstructorParameters<typeof SignatureV4>[0], 'service' | 'region' | 'credentials'>;

/** @returns the header `authorization` that the signer of the SDK makes of a request which has come. */
export async function sdkSignature(
  { method, path, headers, body }: ReceivedRequest,
  signing: Signing,
): Promise<string | undefined> {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const names = /SignedHeaders=([^,]+)/u.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const signer = new SignatureV4({ ...signing, sha256: Sha256, uriEscapePath: false, applyChecksum: false });
  const time = String(headers['x-amz-date']);
  const request = {
    method,
    protocol: 'http:',
    hostname: 'localhost',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
    body,
  };
  const signingDate = new Date(time.replace(/^(.{4})(..)(..T..)(..)(..Z)$/u, '$1-$2-$3:$4:$5'));
  const signed = await signer.sign(request, { signingDate });
  return signed.headers['authorization'];
}
