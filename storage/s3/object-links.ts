import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ObjectLinks } from '#storage/object-links.ts';
import { type BucketAddress, objectUrl } from '#storage/s3/object-url.ts';

type Credentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

interface LinkOptions {
  /** Where the SDK finds them unless given. */
  readonly credentials?: Credentials;
  readonly now?: () => Date;
}

/** Presigned requests: all that S3 has to know of who made the link stands in its query. */
export class S3ObjectLinks implements ObjectLinks {
  readonly #address: BucketAddress;
  readonly #signer: SignatureV4;
  readonly #now: () => Date;

  constructor(address: BucketAddress, { credentials = defaultProvider(), now = () => new Date() }: LinkOptions = {}) {
    this.#address = address;
    this.#now = now;
    this.#signer = new SignatureV4({
      service: 's3',
      region: address.region,
      credentials,
      sha256: Sha256,
      uriEscapePath: false,
    });
  }

  async linkTo(key: string, seconds: number): Promise<string> {
    const url = objectUrl(this.#address, key);
    const request = new HttpRequest({
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      // Of a body nobody sends there is no hash.
      headers: { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    });
    const { query = {} } = await this.#signer.presign(request, { expiresIn: seconds, signingDate: this.#now() });
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url.href;
  }
}
