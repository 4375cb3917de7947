import type { GivenRecord } from '#local/stream/streams.ts';

/** A record of a stream on its way to a function. */
export interface StreamRecord {
  readonly sequence: string;
  /** Milliseconds since 1970: about when the item was written. */
  readonly time: number;
  /** As it stands in the event of a function, JSON. */
  readonly json: string;
  /** Bytes of that. */
  readonly size: number;
}

/** Writes a record as Lambda does: the time in whole seconds, and the names of who made the change in small letters. */
export function toStreamRecord({ userIdentity, dynamodb, ...record }: GivenRecord, streamArn: string): StreamRecord {
  const { ApproximateCreationDateTime: seconds = 0, ...change } = dynamodb ?? {};
  const json = JSON.stringify({
    ...record,
    dynamodb: { ApproximateCreationDateTime: Math.floor(seconds), ...change },
    ...(userIdentity && { userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type } }),
    eventSourceARN: streamArn,
  });
  return { sequence: change.SequenceNumber ?? '', time: seconds * 1_000, json, size: Buffer.byteLength(json) };
}
