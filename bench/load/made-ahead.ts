/** What requests send, by their numbers, made before they are. */
export class MadeAhead<Made> {
  readonly #make: (index: number) => Made;
  readonly #made = new Map<number, Made>();

  constructor(make: (index: number) => Made) {
    this.#make = make;
  }

  /** For so many requests from the first on. What was made before for others, and not taken, is forgotten. */
  readonly makeAhead = (first: number, count: number): void => {
    this.#made.clear();
    for (let index = first; index < first + count; index += 1) this.#made.set(index, this.#make(index));
  };

  take(index: number): Made {
    const made = this.#made.get(index) ?? this.#make(index);
    this.#made.delete(index);
    return made;
  }
}
