import { describe, expect, it } from 'vitest';
import { toStreamRecord } from '#local/stream/stream-record.ts';
import type { GivenRecord } from '#local/stream/streams.ts';

/** Seconds since 1970. */
const CREATED = 1_895_918_400;
const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/statements/stream/1';

const RECORD: GivenRecord = {
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
      body: { B: 'AP8=' },
      many: { BS: ['AQ==', 'Ag=='] },
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
        ApproximateCreationDateTime: CREATED,
        Keys: { pk: { S: 'a' }, sk: { S: 's' } },
        NewImage: {
          pk: { S: 'ä' },
          body: { B: 'AP8=' },
          many: { BS: ['AQ==', 'Ag=='] },
        },
        OldImage: { pk: { S: 'a' } },
        SequenceNumber: '111',
        SizeBytes: 59,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: ARN,
    });
    expect(rest).toEqual({ sequence: '111', time: CREATED * 1_000, size: Buffer.byteLength(json) });
  });

  it('writes whole seconds, and knows more', () => {
    const { json, time } = toStreamRecord({ dynamodb: { ApproximateCreationDateTime: CREATED + 0.75 } }, ARN);
    expect(JSON.parse(json)).toMatchObject({ dynamodb: { ApproximateCreationDateTime: CREATED } });
    expect(time).toBe(CREATED * 1_000 + 750);
  });

  it('says that DynamoDB itself has deleted an expired item', () => {
    const userIdentity = { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' };
    const { json } = toStreamRecord({ ...RECORD, eventName: 'REMOVE', userIdentity }, ARN);
    expect(JSON.parse(json)).toMatchObject({
      userIdentity: { principalId: 'dynamodb.amazonaws.com', type: 'Service' },
    });
  });
});
