import { S3Error } from '#local/s3/s3-error.ts';

/** The limit of S3 for a key, in bytes. */
const KEY_LIMIT = 1_024;
/** File systems end a name at 255 bytes; some room is left for what is appended to names. */
const NAME_LIMIT = 200;
const EMPTY_SEGMENT = '%_';
/** At the end of a folder name: the segment of the key goes on in the next name. */
const CONTINUED = '%';

/**
 * The names of the folders and of the file that hold an object, below the folder of its bucket. Keys that are plain
 * paths stay as they are, so that other programs find the files; no key leads out of the folder, and different keys
 * lead to different files.
 *
 * @throws S3Error `KeyTooLongError`
 */
export function objectPath(key: string): string[] {
  if (Buffer.byteLength(key) > KEY_LIMIT) throw new S3Error('KeyTooLongError', 'Your key is too long.');
  return key.split('/').flatMap((segment) => names(encodeSegment(segment)));
}

/** The names of the folders, below that of the bucket, in which all objects are whose keys have this prefix. */
export function folderOfPrefix(prefix: string): string[] {
  const end = prefix.lastIndexOf('/');
  return end === -1 ? [] : objectPath(prefix.slice(0, end));
}

/** The key of the object that is held under these names. */
export function objectKey(path: readonly string[]): string {
  return path
    .map((name) => (name.endsWith(CONTINUED) ? name.slice(0, -CONTINUED.length) : `${name}/`))
    .join('')
    .slice(0, -1)
    .split('/')
    .map((segment) => (segment === EMPTY_SEGMENT ? '' : decodeURIComponent(segment)))
    .join('/');
}

function encodeSegment(segment: string): string {
  if (segment === '') return EMPTY_SEGMENT;
  // `=` stays, for folders such as `date=2030-01-31` that query engines understand.
  const encoded = encodeURIComponent(segment).replaceAll('%3D', '=');
  return /^\.+$/u.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded;
}

function names(segment: string): string[] {
  const result = [];
  for (let start = 0; start < segment.length; start += NAME_LIMIT) {
    const name = segment.slice(start, start + NAME_LIMIT);
    result.push(start + NAME_LIMIT < segment.length ? name + CONTINUED : name);
  }
  return result;
}
