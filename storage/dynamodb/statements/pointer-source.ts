import type { Item } from '#storage/dynamodb/attributes.ts';
import type { Extent, Pointer } from '#storage/dynamodb/statements/entry-item.ts';
import type { PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import type { SectionPlace } from '#storage/dynamodb/statements/section.ts';
import type { VisibleRow } from '#storage/dynamodb/statements/statement-item.ts';
import type { TextPlaces } from '#storage/dynamodb/statements/text-places.ts';

/** A statement that an index leads to; `row` is what the index carries of it, which may be all that is needed. */
export interface Candidate extends Pointer {
  readonly row?: VisibleRow | undefined;
  /** Of verb and activity in the text of the row. */
  readonly places?: TextPlaces | undefined;
  /**
   * It may lead to the statement in vain: what the statement refers to was announced, but then not stored, or with another
   * content.
   */
  readonly inherited?: boolean;
  /** No statement, but so many rows up to here that a filter has left out. */
  readonly leftOut?: number;
  /** The pack by time of this section has the statement, if it is there. */
  readonly packedIn?: SectionPlace;
}

export function bringsRow({ row }: Candidate): boolean {
  return row !== undefined;
}

/** What one item of an index leads to. Runs come in the order of their first positions. */
export interface Run extends Extent {
  /** The last position that it, or a run that comes later in descending order, may lead to. */
  readonly reach: string;
  /** How many candidates there are. */
  readonly size: number;
  /** Unpacks the item, ascending; many items that are read are never looked at. */
  readonly candidates: () => readonly Candidate[];
}

/** One partition of one index, read in pages. */
export interface PointerSource {
  /** Partitions over which all that it is a part of is spread evenly; absent: it is the only one. */
  readonly shards?: number;
  /** No two runs overlap, so that each is complete. */
  readonly isDisjoint?: boolean;
  /** A filter leaves out what is read, so that nobody knows how much of it a page takes. */
  readonly isFiltered?: boolean;
  /** How many items to read at first for so many statements of a range. */
  readonly itemsFor: (statements: number, range: PositionRange) => number;
  read(range: PositionRange, limit: number, startKey: Item | undefined): Promise<SourcePage>;
}

export interface SourcePage {
  readonly runs: readonly Run[];
  /** To go on from; absent at the end of the partition. */
  readonly next: Item | undefined;
}
