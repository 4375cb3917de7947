import { describe, expect, it } from 'vitest';
import { errorFromWire, readBytes, toWire } from '#storage/dynamodb/wire-format.ts';

const BYTES = Buffer.from([0, 1, 254, 255]);
const BASE64 = BYTES.toString('base64');

describe('what is sent to DynamoDB', () => {
  it.each([
    ['a buffer', BYTES],
    ['a part of a larger array', new Uint8Array([9, 0, 1, 254, 255, 9]).subarray(1, 5)],
  ])('has %s as base64, wherever it is', (_, bytes) => {
    const item = { pk: { S: 'a' }, n: { N: '1' }, b: { B: bytes } };
    const wire = { pk: { S: 'a' }, n: { N: '1' }, b: { B: BASE64 } };
    const put = { Put: { TableName: 'table', Item: item } };
    expect(JSON.parse(toWire({ Item: item, TransactItems: [put] }))).toEqual({
      Item: wire,
      TransactItems: [{ Put: { TableName: 'table', Item: wire } }],
    });
  });

  it('leaves out what is undefined, and texts that look like base64 as they are', () => {
    expect(toWire({ ExclusiveStartKey: undefined, Key: { pk: { S: BASE64 } } })).toBe(
      `{"Key":{"pk":{"S":"${BASE64}"}}}`,
    );
  });
});

describe('what DynamoDB answers', () => {
  const onWire = { pk: { S: BASE64 }, b: { B: BASE64 } };
  const item = { pk: { S: BASE64 }, b: { B: BYTES } };

  it.each([
    ['an item', { Item: onWire }, { Item: item }],
    ['items', { Items: [onWire, onWire] }, { Items: [item, item] }],
    ['attributes', { Attributes: onWire }, { Attributes: item }],
    ['items of tables', { Responses: { table: [onWire] } }, { Responses: { table: [item] } }],
    [
      'what was not written',
      {
        UnprocessedItems: { table: [{ PutRequest: { Item: onWire } }, { DeleteRequest: { Key: { pk: { S: 'a' } } } }] },
      },
      { UnprocessedItems: { table: [{ PutRequest: { Item: item } }, { DeleteRequest: { Key: { pk: { S: 'a' } } } }] } },
    ],
  ])('has bytes in %s', (_, answer, expected) => {
    const read = JSON.parse(JSON.stringify(answer));
    readBytes(read);
    expect(read).toEqual(expected);
  });
});

describe('an error of DynamoDB', () => {
  it('has the name without its namespace, the message, status and request id', () => {
    const text = JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', Message: 'slower' });
    expect(errorFromWire(text, 400, 'request')).toMatchObject({
      name: 'ThrottlingException',
      message: 'slower',
      $metadata: { httpStatusCode: 400, requestId: 'request' },
    });
  });

  it('has the item that a condition failed on, and the reasons of a transaction', () => {
    const item = { pk: { S: 'a' }, b: { B: BASE64 } };
    const failed = errorFromWire(
      JSON.stringify({ __type: 'ConditionalCheckFailedException', Item: item }),
      400,
      undefined,
    );
    expect(failed.Item).toEqual({ pk: { S: 'a' }, b: { B: BYTES } });
    const reasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: item }];
    const cancelled = errorFromWire(JSON.stringify({ CancellationReasons: reasons }), 400, undefined);
    expect(cancelled.CancellationReasons).toEqual([
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'a' }, b: { B: BYTES } } },
    ]);
  });

  it.each(['', '<html>Bad gateway</html>', 'null', '[]', '"text"', '{"__type":null}'])(
    'comes of any text: %j',
    (text) => {
      expect(errorFromWire(text, 502, undefined)).toMatchObject({
        name: 'DynamoDbError',
        $metadata: { httpStatusCode: 502 },
      });
    },
  );
});
