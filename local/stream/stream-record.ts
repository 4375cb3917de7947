import type { _Record } from '@aws-sdk/client-dynamodb-streams';

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

/** Writes a record as Lambda does: bytes in base64, the time in seconds. */
export function toStreamRecord({ userIdentity, dynamodb, ...record }: _Record, streamArn: string): StreamRecord {
  const { ApproximateCreationDateTime: created, ...change } = dynamodb ?? {};
  const time = created?.getTime() ?? 0;
  const written = {
    ...record,
    dynamodb: { ApproximateCreationDateTime: Math.floor(time / 1_000), ...change },
    ...(userIdentity && { userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type } }),
    eventSourceARN: streamArn,
  };
  const json = JSON.stringify(withBase64(written));
  return { sequence: change.SequenceNumber ?? '', time, json, size: Buffer.byteLength(json) };
}

function withBase64(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(withBase64);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withBase64(member)]));
}
