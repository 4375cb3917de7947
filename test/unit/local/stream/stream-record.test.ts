import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';
import { toStreamRecord } from '#local/stream/stream-record.ts';

const CREATED = new Date('2030-01-31T12:00:00.000Z');
const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/statements/stream/1';

const RECORD: _Record = {
  eventID: 'e1',
  eventName: 'MODIFY',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'us-east-1',
  dynamodb: {
    ApproximateCreationDateTime: CREATED,
    Keys: { pk: { S: 'a' }, sk: { S: 's' } },
    NewImage: {
      pk: { S: 'ä' },
      body: { B: Uint8Array.of(0, 255) },
      many: { BS: [Uint8Array.of(1), Buffer.of(2)] },
      deep: { M: { list: { L: [{ B: Uint8Array.of(3) }, { N: '4' }, { NULL: true }, { BOOL: false }] } } },
    },
    OldImage: { pk: { S: 'a' } },
    SequenceNumber: '111',
    SizeBytes: 59,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  },
};

describe('toStreamRecord', () => {
  it('writes a record as Lambda does', () => {
    const { json, ...rest } = toStreamRecord(RECORD, ARN);
    expect(JSON.parse(json)).toEqual({
      eventID: 'e1',
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: CREATED.getTime() / 1_000,
        Keys: { pk: { S: 'a' }, sk: { S: 's' } },
        NewImage: {
          pk: { S: 'ä' },
          body: { B: 'AP8=' },
          many: { BS: ['AQ==', 'Ag=='] },
          deep: { M: { list: { L: [{ B: 'Aw==' }, { N: '4' }, { NULL: true }, { BOOL: false }] } } },
        },
        OldImage: { pk: { S: 'a' } },
        SequenceNumber: '111',
        SizeBytes: 59,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: ARN,
    });
    expect(rest).toEqual({ sequence: '111', time: CREATED.getTime(), size: Buffer.byteLength(json) });
  });

  it('says that DynamoDB itself has deleted an expired item', () => {
    const userIdentity = { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' };
    const { json } = toStreamRecord({ ...RECORD, eventName: 'REMOVE', userIdentity }, ARN);
    expect(JSON.parse(json)).toMatchObject({
      userIdentity: { principalId: 'dynamodb.amazonaws.com', type: 'Service' },
    });
  });
});
