/** Counts that are written together. */
export interface Lot<Subject, Value> {
  readonly subject: Subject;
  readonly value: Value;
}

/** How counts are gathered. */
export interface TallyRules<Subject, Value> {
  /** What tells subjects apart. */
  readonly idOf: (subject: Subject) => string;
  readonly add: (one: Value, other: Value) => Value;
  /** Subjects that are known at once. */
  readonly capacity: number;
  /** Milliseconds. */
  readonly now: () => number;
}

interface Gathering<Subject, Value> {
  readonly subject: Subject;
  /** Milliseconds of the clock: when the last lot was given out. */
  readonly since: number;
  /** Undefined: nothing since. */
  value: Value | undefined;
  additions: number;
}

/** Milliseconds from one lot to the next, if there is so little to count. */
export const LOT_AGE = 60_000;
/** Additions that make a lot. */
export const LOT_SIZE = 100;

/**
 * Gathers what is counted in one process into lots, so that writing costs a fraction of counting. Of each subject the first
 * addition is a lot, and then what comes together until there are 100 additions, or 60 s have passed at the next
 * addition, whichever subject that is about. So a process that ends loses what was counted in its last minute, and of each
 * subject at most 99 additions; what stays when nothing more is counted is given out when something is.
 */
export class Tally<Subject, Value> {
  readonly #rules: TallyRules<Subject, Value>;
  /** In the order of their last lots. */
  readonly #gatherings = new Map<string, Gathering<Subject, Value>>();

  constructor(rules: TallyRules<Subject, Value>) {
    this.#rules = rules;
  }

  /**
   * @param size additions to this subject that make a lot, 1 or more
   * @returns the lots that are due by now: each is to be written once, or put back.
   */
  add(subject: Subject, value: Value, size = LOT_SIZE): readonly Lot<Subject, Value>[] {
    const id = this.#rules.idOf(subject);
    const gathering = this.#gatherings.get(id);
    if (gathering === undefined) return [{ subject, value }, ...this.#begin(id, subject), ...this.#takeOld()];
    this.#gather(gathering, value, 1);
    const full = gathering.additions >= size || gathering.since <= this.#rules.now() - LOT_AGE;
    return full ? [...this.#take(id, gathering), ...this.#begin(id, subject), ...this.#takeOld()] : this.#takeOld();
  }

  /**
   * Takes back a lot that could not be written: it goes with the next of its subject.
   *
   * @returns false when there is no room for it
   */
  putBack({ subject, value }: Lot<Subject, Value>): boolean {
    const id = this.#rules.idOf(subject);
    const gathering = this.#gatherings.get(id);
    if (gathering !== undefined) this.#gather(gathering, value, 0);
    else if (this.#gatherings.size >= this.#rules.capacity) return false;
    else this.#gatherings.set(id, { subject, since: this.#rules.now(), value, additions: 0 });
    return true;
  }

  #gather(gathering: Gathering<Subject, Value>, value: Value, additions: number): void {
    gathering.value = gathering.value === undefined ? value : this.#rules.add(gathering.value, value);
    gathering.additions += additions;
  }

  /** @returns what has to go so that there is room. */
  #begin(id: string, subject: Subject): readonly Lot<Subject, Value>[] {
    this.#gatherings.set(id, { subject, since: this.#rules.now(), value: undefined, additions: 0 });
    if (this.#gatherings.size <= this.#rules.capacity) return [];
    const [oldest] = this.#gatherings;
    return oldest === undefined ? [] : this.#take(...oldest);
  }

  #takeOld(): readonly Lot<Subject, Value>[] {
    const due: Lot<Subject, Value>[] = [];
    const end = this.#rules.now() - LOT_AGE;
    for (const [id, gathering] of this.#gatherings) {
      if (gathering.since > end) break;
      due.push(...this.#take(id, gathering));
    }
    return due;
  }

  #take(id: string, { subject, value }: Gathering<Subject, Value>): readonly Lot<Subject, Value>[] {
    this.#gatherings.delete(id);
    return value === undefined ? [] : [{ subject, value }];
  }
}
