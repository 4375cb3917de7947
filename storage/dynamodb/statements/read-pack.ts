import { bytesOf, type Item } from '#storage/dynamodb/attributes.ts';
import type { BodyText, TextAt } from '#storage/dynamodb/statements/body-codec.ts';
import { type OpenEntry, openEntry } from '#storage/dynamodb/statements/entry-item.ts';
import { KnownBodies } from '#storage/dynamodb/statements/known-bodies.ts';
import { type Marks, type MayMeet, openMarks, readPlaces } from '#storage/dynamodb/statements/pack-mark.ts';
import type { Candidate } from '#storage/dynamodb/statements/pointer-source.ts';
import type { VisibleRow } from '#storage/dynamodb/statements/statement-item.ts';
import type { TextPlaces } from '#storage/dynamodb/statements/text-places.ts';
import { counterOf } from '#storage/position.ts';

export interface ReadPack {
  /** Ascending. */
  readonly statements: readonly PackedStatement[];
  /** The places of those that certainly do not meet the filter, ascending. */
  readonly leftOut: readonly number[];
  /** The position of the statement at a place. */
  readonly at: (place: number) => string;
}

/** What `packItems` has made. Unpacks the bodies when the first of the texts is asked for. */
export function readPack(item: Item, mayMeet?: MayMeet): ReadPack {
  const pack = new OpenPack(item);
  const { marks, entry } = pack;
  const statements: PackedStatement[] = [];
  const leftOut: number[] = [];
  for (let place = 0; place < entry.size; place += 1) {
    if (mayMeet !== undefined && marks !== undefined && !mayMeet(marks, place)) leftOut.push(place);
    else statements.push(new PackedStatement(pack, place));
  }
  return { statements, leftOut, at: entry.at };
}

/** Of all stores: it gives back nothing that the caller does not have. */
const knownBodies = new KnownBodies();

class OpenPack {
  readonly entry: OpenEntry;
  readonly journal: string | undefined;
  readonly marks: Marks | undefined;
  readonly #item: Item;
  /** Counters of those that somebody has set out to void. */
  readonly #toVoid: readonly string[];
  #textAt: TextAt | undefined;

  constructor(item: Item) {
    this.entry = openEntry(item);
    this.journal = item['j']?.S;
    this.marks = openMarks(item);
    this.#item = item;
    this.#toVoid = item['c']?.NS ?? [];
  }

  isToVoid(place: number): boolean {
    return this.#toVoid.length > 0 && this.#toVoid.includes(String(counterOf(this.entry.at(place))));
  }

  textAt(place: number): BodyText {
    this.#textAt ??= knownBodies.open(bytesOf(this.#item, 'z'), this.entry.size);
    return this.#textAt(place);
  }
}

/**
 * A statement of a pack, and its row. Nothing of it is made before somebody asks for it: of most statements of a page, nobody
 * asks for more than the text.
 */
export class PackedStatement implements Candidate, VisibleRow {
  readonly #pack: OpenPack;
  readonly #place: number;

  constructor(pack: OpenPack, place: number) {
    this.#pack = pack;
    this.#place = place;
  }

  get at(): string {
    return this.#pack.entry.at(this.#place);
  }

  get id(): string {
    return this.#pack.entry.id(this.#place);
  }

  get journal(): string | undefined {
    return this.#pack.journal;
  }

  /** Absent: somebody has set out to void it, so that its own item has to be asked. */
  get row(): VisibleRow | undefined {
    return this.#pack.isToVoid(this.#place) ? undefined : this;
  }

  get packedBody(): () => BodyText {
    return () => this.#pack.textAt(this.#place);
  }

  get places(): TextPlaces | undefined {
    return this.#pack.marks && readPlaces(this.#pack.marks, this.#place);
  }
}
