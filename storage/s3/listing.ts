import type { ListedObject } from '#storage/object-store.ts';

/** One page of a list of objects. */
export interface Listing {
  readonly objects: readonly ListedObject[];
  /** With which the next page is asked for; undefined: there is none. */
  readonly next: string | undefined;
}

/** Reads S3's answer to `ListObjectsV2`. */
export function readListing(xml: string): Listing {
  const objects = Array.from(xml.matchAll(/<Contents>(.*?)<\/Contents>/gsu), ([, members = '']) => ({
    key: text(members, 'Key'),
    size: Number(text(members, 'Size')),
    modified: Date.parse(text(members, 'LastModified')),
  }));
  const next = text(xml, 'NextContinuationToken');
  return { objects, next: next === '' ? undefined : next };
}

/** Of the first element of this name, which holds no others; empty when there is none. */
function text(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`, 'u').exec(xml)?.[1] ?? '';
  return found.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/giu, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return hex === undefined ? (ENTITIES[name] ?? whole) : String.fromCodePoint(Number.parseInt(hex, 16));
  });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
