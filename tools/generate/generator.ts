/** What makes one or more checked-in files from other sources of the repository. */
export interface Generator {
  /** As it is named in messages: what is generated. */
  readonly name: string;
  /** Text of every generated file by its path from the root of the repository. Same sources, same text. */
  readonly generate: () => Promise<ReadonlyMap<string, string>>;
}
