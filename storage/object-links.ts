/** Makes links with which whoever has one may read an object, and nothing else, for a while. */
export interface ObjectLinks {
  /** @param seconds for which it is good, or less when the credentials of the LRS end before */
  linkTo(key: string, seconds: number): Promise<string>;
}
