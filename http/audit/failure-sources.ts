/** An attack from everywhere must not make a counter for each address. */
const SOURCES = 50;

/** The addresses whose failures are counted apart: the first 50 of an hour. */
export class FailureSources {
  readonly #sources = new Set<string>();
  #hour = '';

  /** @returns false for an address that is one of too many. */
  counted(source: string, hour: string): boolean {
    if (hour !== this.#hour) this.#sources.clear();
    this.#hour = hour;
    if (this.#sources.size < SOURCES) this.#sources.add(source);
    return this.#sources.has(source);
  }
}
