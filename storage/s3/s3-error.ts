/** An answer of S3 that is not a success, in the form of the SDK's errors. Its name is S3's code, such as `NoSuchKey`. */
export class S3Error extends Error {
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string | undefined };

  /** @param body XML; an answer from something in between may have any other, or none. */
  constructor(httpStatusCode: number, requestId: string | undefined, body: string) {
    const message = element(body, 'Message') ?? 'S3 gave no reason';
    super(`${message} (status ${httpStatusCode}, request ${requestId ?? 'unknown'})`);
    this.name = element(body, 'Code') ?? 'S3Error';
    this.$metadata = { httpStatusCode, requestId };
  }
}

function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]+)</${name}>`, 'u').exec(xml)?.[1];
}
