import { type Access, basic } from './client.ts';

const INSTEAD = '[secret]';

/** @returns what takes secrets out of a text, whoever put them there: an endpoint may send back what it was sent. */
export function redactor({
  access,
  limited,
}: {
  readonly access: Access;
  readonly limited: Access | undefined;
}): (text: string) => string {
  const forms = (limited === undefined ? [access] : [access, limited]).flatMap(formsOf);
  // The longest first: a shorter one may be its beginning, and the rest of it would stay.
  const longestFirst = [...new Set([INSTEAD, ...forms])].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(literally).join('|'), 'gu');
  return (text) => text.replaceAll(pattern, INSTEAD);
}

/** A secret as it may come back. */
function formsOf(access: Access): readonly string[] {
  const { secret } = access;
  const pair = Buffer.from(basic(access).slice('Basic '.length), 'base64');
  const coded = [pair, Buffer.from(secret)].flatMap((bytes) => {
    const base64 = bytes.toString('base64');
    return [base64, base64.replaceAll('=', ''), bytes.toString('base64url')];
  });
  // As JSON has it, and as Node reads it in a header.
  const plain = [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('latin1')];
  return [...plain, ...coded].flatMap((text) => {
    const inUrls = [encodeURIComponent(text), new URLSearchParams({ '': text }).toString().slice(1)];
    return [text, ...inUrls, ...inUrls.map(withSmallEscapes)];
  });
}

function withSmallEscapes(text: string): string {
  return text.replaceAll(/%[0-9A-F]{2}/gu, (escape) => escape.toLowerCase());
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
}
