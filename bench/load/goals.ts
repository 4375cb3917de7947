/** Times as many requests a second as at the beginning of a soak, at least, at its end: runs differ by a tenth. */
export const SOAK_GOAL = 0.8;

/** Times as many requests a second as another LRS answers, at least; by the names of the operations. */
export const GOALS: Readonly<Record<string, number>> = {
  'GET by id, 16 in flight': 1.3,
  'page by agent': 2,
  'page by verb': 2,
  'page by activity': 2,
  'page by related activity': 2,
  'page by registration': 20,
  'page by agent, verb and activity': 2,
  'since, ascending, pages of 100': 2,
  'more, pages of 100': 2,
  'POST one, 16 in flight': 1.3,
  'POST arrays of 50': 2,
  'PUT state': 1,
  'GET state': 1,
  'DELETE state': 1,
  'POST attachment of 200 KB': 1,
  'GET attachment of 200 KB': 1,
};
