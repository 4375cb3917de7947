/** What is wrong with an endpoint, for people to read. */
export interface Finding {
  readonly expected: string;
  readonly received: string;
  /** What it means for clients. */
  readonly meaning: string;
  /** What to do about it. */
  readonly advice: string;
}

/** What a finding says of its kind, whatever was received. */
export type Consequence = Pick<Finding, 'meaning' | 'advice'>;
