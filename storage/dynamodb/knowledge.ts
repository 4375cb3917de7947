import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { overloaded } from '#storage/aws/overload.ts';
import { forEachBounded } from '#storage/bounded.ts';
import { type Item, type ItemKey, textOf } from '#storage/dynamodb/attributes.ts';
import { readItems } from '#storage/dynamodb/batch.ts';
import { BodyItems, type BodyItemsContext, type WriteCondition } from '#storage/dynamodb/body-items.ts';
import { joinKey } from '#storage/dynamodb/key.ts';
import { KnownAlready, type Memory, VARIANTS } from '#storage/dynamodb/known-already.ts';
import type { StoreId } from '#access/store.ts';

/** Bytes of JSON beyond which nothing more is learnt of a subject: it must stay cheap to read, whatever is sent. */
const SIZE_LIMIT = 1024 * 1024;
const SUBJECTS_IN_FLIGHT = 16;
/** Of many writers at once, each round of writes lets one through. */
const WRITE_ATTEMPTS = 100;

export interface KnowledgeRules<Value> {
  /** The second segment of the items' keys, and the first folder of their objects. */
  readonly kind: 'activities' | 'persons';
  /** @param seen in the order seen */
  readonly merge: (known: Value | undefined, seen: readonly Value[]) => Value | undefined;
}

/** What was said of one subject, its id included: plain JSON. */
export interface Sighting<Value> {
  readonly id: string;
  readonly value: Value;
}

interface Subject<Value> {
  readonly key: ItemKey;
  /** By hash, in the order seen last. */
  readonly seen: Map<string, Value>;
  /** Before it was read. */
  readonly memory: Memory;
}

/**
 * What is learnt of subjects bit by bit, from many writers at once: read, merge, write if nobody else has written
 * meanwhile, else merge again. What this process has learnt before costs no request.
 */
export class Knowledge<Value extends object> {
  readonly #context: BodyItemsContext;
  readonly #items: BodyItems;
  readonly #rules: KnowledgeRules<Value>;
  readonly #known = new KnownAlready();

  constructor(context: BodyItemsContext, rules: KnowledgeRules<Value>) {
    this.#context = context;
    this.#items = new BodyItems(context);
    this.#rules = rules;
  }

  /**
   * One read for up to 100 subjects that this process does not know yet, one write for each that is new. Where it fails with
   * one, it goes on with the others, unless it has failed with as many as are in progress at once: each may take its time.
   *
   * @throws the first error
   */
  async learn(store: StoreId, sightings: Iterable<Sighting<Value>>): Promise<void> {
    const subjects = this.#subjectsToLearn(store, sightings);
    if (subjects.length === 0) return;
    const { client, table } = this.#context;
    const keys = subjects.map(({ key }) => key);
    const items = new Map((await readItems(client, table, keys)).map((item) => [textOf(item, 'pk'), item]));
    const errors: unknown[] = [];
    await forEachBounded(subjects, SUBJECTS_IN_FLIGHT, async (subject) => {
      if (errors.length >= SUBJECTS_IN_FLIGHT) return;
      await this.#absorb(store, subject, items.get(subject.key.pk)).catch((error: unknown) => void errors.push(error));
    });
    if (errors.length > 0) throw errors[0];
  }

  /** Strongly consistent. */
  async get(store: StoreId, id: string): Promise<Value | undefined> {
    const found = await this.#items.read(this.#keyOf(store, id));
    return found && this.#valueOf(found.body);
  }

  #keyOf(store: StoreId, id: string): ItemKey {
    return { pk: joinKey(store, this.#rules.kind, id), sk: this.#rules.kind };
  }

  /** Of a subject that is told something new, all that is told: what follows may take it back. */
  #subjectsToLearn(store: StoreId, sightings: Iterable<Sighting<Value>>): readonly Subject<Value>[] {
    const told = Array.from(sightings, ({ id, value }) => {
      return { key: this.#keyOf(store, id), value, digest: hash('sha256', JSON.stringify(value), 'base64url') };
    });
    const unknown = told.filter(({ key, digest }) => !this.#known.has(key.pk, digest));
    if (unknown.length === 0) return [];
    const subjects = new Map<string, Subject<Value>>();
    for (const { key } of unknown) {
      subjects.set(key.pk, { key, seen: new Map(), memory: this.#known.memoryOf(key.pk) });
    }
    for (const { key, value, digest } of told) {
      const seen = subjects.get(key.pk)?.seen;
      seen?.delete(digest);
      seen?.set(digest, value);
    }
    return [...subjects.values()];
  }

  async #absorb(store: StoreId, { key, seen, memory }: Subject<Value>, read: Item | undefined): Promise<void> {
    const { pk } = key;
    let item = read;
    let before = memory;
    for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
      const found = item && (await this.#open(key, item));
      const known = found && this.#valueOf(found.body);
      const merged = this.#rules.merge(known, [...seen.values()]);
      const body = this.#bodyWithin(merged);
      if (body === undefined || isDeepStrictEqual(known, merged)) {
        this.#known.add(pk, this.#silent(known, seen), before);
        return;
      }
      before = this.#known.memoryOf(pk);
      const folder = `${this.#rules.kind}/${store}`;
      const write = this.#items.write(key, {}, body, folder, unchangedSince(found?.item));
      // What has failed may have been carried out.
      const result = await write.catch((error: unknown) => {
        this.#known.change(pk, [], before);
        throw error;
      });
      if (result.written) {
        this.#known.change(pk, this.#silent(merged, seen), before);
        return;
      }
      item = result.current;
    }
    throw overloaded(new Error(`${WRITE_ATTEMPTS} writes of one item met other writers`));
  }

  /** @returns undefined for what is too large to be learnt. */
  #bodyWithin(value: Value | undefined): Buffer | undefined {
    const body = Buffer.from(JSON.stringify(value));
    return body.byteLength > SIZE_LIMIT ? undefined : body;
  }

  /** The hashes of what, said again alone, changes nothing. What was said last of several mostly takes others back. */
  #silent(known: Value | undefined, seen: ReadonlyMap<string, Value>): Iterable<string> {
    if (seen.size === 1) return seen.keys();
    const silent = [...seen].slice(-VARIANTS).filter(([, value]) => {
      const merged = this.#rules.merge(known, [value]);
      return isDeepStrictEqual(known, merged) || this.#bodyWithin(merged) === undefined;
    });
    return silent.map(([digest]) => digest);
  }

  #valueOf(body: Uint8Array): Value {
    return JSON.parse(Buffer.from(body).toString());
  }

  /** @returns the item, or what has replaced it if it has lost its object meanwhile. */
  async #open(key: ItemKey, item: Item): Promise<{ readonly item: Item; readonly body: Uint8Array } | undefined> {
    const body = await this.#items.bodyOf(item);
    return body === undefined ? this.#items.read(key) : { item, body };
  }
}

function unchangedSince(item: Item | undefined): WriteCondition {
  if (item === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: 'v = :version',
    ExpressionAttributeValues: { ':version': { S: textOf(item, 'v') } },
  };
}
