/** Something that keeps the LRS from starting and that the person at the keyboard can put right: one clear sentence. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
