/** What is wrong with what was typed, in a sentence for people. */
export class InputError extends Error {}
