import { isDuration } from '#xapi/data-types/duration.ts';
import { isSha1, isSha2 } from '#xapi/data-types/hash.ts';
import { isIri } from '#xapi/data-types/iri.ts';
import { isLanguageTag } from '#xapi/data-types/language-tag.ts';
import { isMbox } from '#xapi/data-types/mbox.ts';
import { isMediaType } from '#xapi/data-types/media-type.ts';
import { isVersion10, isVersion20 } from '#xapi/data-types/statement-version.ts';
import { isRfc3339Timestamp, isTimestamp } from '#xapi/data-types/timestamp.ts';
import { isUuid } from '#xapi/data-types/uuid.ts';

/** The values of `format` in the JSON Schemas under `schemas/`. */
export const FORMATS = {
  iri: isIri,
  uuid: isUuid,
  mbox: isMbox,
  sha1: isSha1,
  sha2: isSha2,
  duration: isDuration,
  'language-tag': isLanguageTag,
  'media-type': isMediaType,
  'iso-8601-timestamp': isTimestamp,
  'rfc-3339-timestamp': isRfc3339Timestamp,
  'version-1.0': isVersion10,
  'version-2.0': isVersion20,
  /** Text without lone surrogates, which have no UTF-8 form: two such names would be stored as the same one. */
  unicode: (text: string): boolean => text.isWellFormed(),
} satisfies Record<string, (text: string) => boolean>;

export type Format = keyof typeof FORMATS;
