/** A part of a list. */
export interface PageRequest {
  /** 1 or more. */
  readonly limit: number;
  /** `next` of the page before, which may have come from a client: any other text is refused with `parameter-invalid`. */
  readonly after?: string;
}

export interface Page<Value> {
  readonly items: readonly Value[];
  /** Absent when nothing follows. */
  readonly next?: string;
}
