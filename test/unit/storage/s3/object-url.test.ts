import { describe, expect, it } from 'vitest';
import { objectUrl } from '#storage/s3/object-url.ts';

describe('the URL of an object', () => {
  it.each([
    ['eu-central-1', 'https://lrs-attachments.s3.eu-central-1.amazonaws.com/a/b'],
    ['us-east-1', 'https://lrs-attachments.s3.us-east-1.amazonaws.com/a/b'],
    ['us-gov-west-1', 'https://lrs-attachments.s3.us-gov-west-1.amazonaws.com/a/b'],
    ['cn-north-1', 'https://lrs-attachments.s3.cn-north-1.amazonaws.com.cn/a/b'],
    ['eusc-de-east-1', 'https://lrs-attachments.s3.eusc-de-east-1.amazonaws.eu/a/b'],
  ])('names the bucket in the host of %s', (region, url) => {
    expect(objectUrl({ name: 'lrs-attachments', region }, 'a/b').href).toBe(url);
  });

  it('names a bucket with dots in the path, because no certificate covers them', () => {
    const url = objectUrl({ name: 'lrs.example.com', region: 'eu-west-1' }, 'a');
    expect(url.href).toBe('https://s3.eu-west-1.amazonaws.com/lrs.example.com/a');
  });

  it.each(['http://127.0.0.1:9000', 'http://127.0.0.1:9000/'])('names the bucket in the path of %s', (endpoint) => {
    const url = objectUrl({ name: 'bucket', region: 'us-east-1', endpoint }, 'a/b');
    expect(url.href).toBe('http://127.0.0.1:9000/bucket/a/b');
  });

  it('escapes what a path may not hold, and what a signature wants escaped', () => {
    const url = objectUrl({ name: 'bucket', region: 'us-east-1' }, "ä b/100%/a+b=c?#&/(it's)*!~_-.");
    expect(url.pathname).toBe('/%C3%A4%20b/100%25/a%2Bb%3Dc%3F%23%26/%28it%27s%29%2A%21~_-.');
  });

  it.each(['.', '..', 'a/../b', './a', 'a/..'])('is refused for the key %s, which no URL keeps', (key) => {
    expect(() => objectUrl({ name: 'bucket', region: 'us-east-1' }, key)).toThrow('only dots');
  });
});
