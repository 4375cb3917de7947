import { describe, expect, it } from 'vitest';
import { readListing } from '#storage/s3/listing.ts';

describe('readListing', () => {
  it('reads keys, sizes and times, and where the next page begins', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><Prefix>a</Prefix>
<NextContinuationToken>1&amp;2=</NextContinuationToken><KeyCount>2</KeyCount><IsTruncated>true</IsTruncated>
<Contents><Key>a/1</Key><LastModified>2030-01-31T00:00:00.000Z</LastModified><ETag>&quot;x&quot;</ETag><Size>7</Size></Contents>
<Contents>
  <Key>a/2</Key>
  <LastModified>2030-01-31T00:00:01.000Z</LastModified>
  <Size>0</Size>
</Contents></ListBucketResult>`;
    expect(readListing(xml)).toEqual({
      objects: [
        { key: 'a/1', size: 7, modified: Date.UTC(2030, 0, 31) },
        { key: 'a/2', size: 0, modified: Date.UTC(2030, 0, 31, 0, 0, 1) },
      ],
      next: '1&2=',
    });
  });

  it('reads an empty last page', () => {
    expect(readListing('<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>')).toEqual({
      objects: [],
      next: undefined,
    });
  });

  it.each([
    ['&amp;lt;', '&lt;'],
    ['&lt;b&gt; &quot;c&quot; &apos;d&apos;', `<b> "c" 'd'`],
    ['a&#10;b&#xA;&#x1F600;', 'a\nb\n\u{1F600}'],
    ['ümläut/日本', 'ümläut/日本'],
  ])('takes %s in a key as XML has it', (written, key) => {
    const { objects } = readListing(`<Contents><Key>${written}</Key><Size>1</Size></Contents>`);
    expect(objects[0]?.key).toBe(key);
  });
});
