import type { Item } from '#storage/dynamodb/attributes.ts';
import type { DynamoDb, InputOf, OperationName, OutputOf } from '#storage/dynamodb/dynamodb.ts';

const COUNTER_BYTES = 4;

/**
 * The same answers with packs of other bytes each time, as if they were read for the first time: behind the end of what is
 * compressed stands a number, which nobody reads.
 */
export class OtherPacks implements DynamoDb {
  readonly #client: DynamoDb;
  #packs = 0;

  constructor(client: DynamoDb) {
    this.#client = client;
  }

  async call<Name extends OperationName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    const output: OutputOf<Name> & { readonly Items?: readonly Item[] | undefined } = await this.#client.call(
      name,
      input,
    );
    return output.Items === undefined ? output : { ...output, Items: output.Items.map((item) => this.#other(item)) };
  }

  #other(item: Item): Item {
    const bytes = item['z']?.B;
    if (bytes === undefined) return item;
    const counter = Buffer.alloc(COUNTER_BYTES);
    counter.writeUInt32BE((this.#packs += 1));
    return { ...item, z: { B: Buffer.concat([bytes, counter]) } };
  }
}
