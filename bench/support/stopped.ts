/** Why a benchmark cannot go on, in a sentence: an LRS that is not there, or does not do what it has to. */
export class Stopped extends Error {}
