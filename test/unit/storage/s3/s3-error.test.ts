import { describe, expect, it } from 'vitest';
import { S3Error } from '#storage/s3/s3-error.ts';

const BODY = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>a</Key></Error>`;

describe('S3Error', () => {
  it('has the code of S3 as its name, and the request for whoever asks AWS', () => {
    const error = new S3Error(404, '4442587FB7D0A2F9', BODY);
    expect(error).toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    expect(error.message).toBe('The specified key does not exist. (status 404, request 4442587FB7D0A2F9)');
  });

  it.each(['', '<html>Bad gateway</html>', '<Code></Code>'])('takes any other body: %s', (body) => {
    const error = new S3Error(502, undefined, body);
    expect(error).toMatchObject({ name: 'S3Error', $metadata: { httpStatusCode: 502 } });
    expect(error.message).toBe('S3 gave no reason (status 502, request unknown)');
  });
});
