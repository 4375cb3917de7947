import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';

/** An item as the stream of its table has it when Lambda hands it on: bytes are base64. */
type Image = Readonly<Record<string, object>>;

export interface ItemRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly OldImage?: Image;
    readonly NewImage?: Image;
  };
}

/** What the stream would tell of the items of statements that are in the table, each just written. */
export async function recordsOf(client: DynamoDBClient, tableName: string): Promise<readonly ItemRecord[]> {
  const records: ItemRecord[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName })) {
    for (const item of Items) if (item['sk']?.S === 's') records.push(recordOf(records.length, { after: item }));
  }
  return records;
}

/** @param number in the order of the stream */
export function recordOf(
  number: number,
  {
    before,
    after,
  }: { readonly before?: Record<string, AttributeValue>; readonly after?: Record<string, AttributeValue> },
): ItemRecord {
  return {
    eventID: String(number),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    dynamodb: {
      SequenceNumber: String(number).padStart(21, '0'),
      ...(before !== undefined && { OldImage: imageOf(before) }),
      ...(after !== undefined && { NewImage: imageOf(after) }),
    },
  };
}

function imageOf(item: Record<string, AttributeValue>): Image {
  const entries = Object.entries(item).map(([name, value]): [string, object] => [
    name,
    value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') },
  ]);
  return Object.fromEntries(entries);
}
