/** What the keys of actors in the lake are made with: one for the whole deployment, for ever. */
export interface LakeSecret {
  /** 32 random bytes; made by whoever asks first. */
  get(): Promise<Uint8Array>;
}
