import { timingSafeEqual } from 'node:crypto';
import { HmacKey } from '#access/hmac-key.ts';
import type { Visibility } from '#access/limits.ts';
import type { Principal } from '#access/principal.ts';
import { visibilityText } from '#access/visibility.ts';
import type { Parameter } from '#http/request.ts';
import { PAGE_END_PATTERN } from '#storage/position.ts';
import { XapiError } from '#xapi/errors.ts';

/** Who may follow a link. */
export interface LinkHolder extends Pick<Principal, 'linkSecret'> {
  /** A token of the same principal that may see something else gets nothing out of the link. */
  readonly visible: Visibility | undefined;
}

/** Bytes of the authentication code. */
const CODE_BYTES = 16;

/** The links from page to page of one query (xAPI 1.0.3, Data 2.5). */
export class MoreLinks {
  /** Without the cursor. */
  readonly #query: readonly Parameter[];
  readonly #holder: LinkHolder;
  /** Made for the first code: a page that answers it all has none, one between others has two. */
  #key: HmacKey | undefined;
  #asked: readonly string[] | undefined;

  /** @param parameters of a page */
  constructor(parameters: readonly Parameter[], holder: LinkHolder) {
    this.#query = parameters.filter(({ name }) => name !== 'cursor');
    this.#holder = holder;
  }

  /**
   * The relative IRL of the next page: the parameters of this one, and a cursor that says where to go on and proves that
   * this LRS made it, for this query and this principal.
   *
   * @param path of the resource, from the root
   * @param position where this page ended
   */
  after(path: string, position: string): string {
    const cursor = `${position}.${this.#codeOf(position).toString('base64url')}`;
    const pairs = [...this.#query, { name: 'cursor', value: cursor }];
    return `${path}?${pairs.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
  }

  /**
   * @returns where to go on from.
   * @throws XapiError `parameter-invalid` unless the cursor came from `after` with the same parameters and holder.
   */
  read(cursor: string): string {
    const [position = '', code = ''] = cursor.split('.');
    const sent = Buffer.from(code, 'base64url');
    const expected = this.#codeOf(position);
    const genuine = sent.length === expected.length && timingSafeEqual(sent, expected);
    if (genuine && PAGE_END_PATTERN.test(position)) return position;
    throw new XapiError({
      code: 'parameter-invalid',
      message:
        'The link was changed, or was given to another credential or token: take "more" from an answer as it is.',
      path: 'cursor',
      section: 'xAPI 1.0.3, Data 2.5; xAPI 2.0, 4.2.4.3',
    });
  }

  /** Of the parameters in any order: some clients take links apart and put them together again. */
  #codeOf(position: string): Buffer {
    const { linkSecret, visible } = this.#holder;
    this.#key ??= new HmacKey(Buffer.from(linkSecret, 'hex'));
    this.#asked ??= this.#query.map(({ name, value }) => [name, value].join('=')).toSorted();
    const limits = visible === undefined ? [] : [[visibilityText(visible)]];
    const text = JSON.stringify([...limits, position, ...this.#asked]);
    return Buffer.from(this.#key.codeOf(text), 'hex').subarray(0, CODE_BYTES);
  }
}
