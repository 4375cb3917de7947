import type { Rule } from '#xapi/statement/rules/rule.ts';
import type { Score } from '#xapi/statement/statement.ts';

/** `min` is less than `max`, and `raw` lies between them. The range of `scaled` is in the schema. */
export const scoreInRange: Rule<Score> = ({ raw, min = -Infinity, max = Infinity }, path) => {
  if (min !== -Infinity && min >= max)
    return violation(`${path}.min`, 'The lowest score is less than the highest.', `less than ${max}`, min);
  if (raw === undefined || (raw >= min && raw <= max)) return undefined;
  const expected = raw < min ? `at least ${min}` : `at most ${max}`;
  return violation(`${path}.raw`, 'The raw score lies between the lowest and the highest.', expected, raw);
};

function violation(path: string, message: string, expected: string, received: number): ReturnType<Rule<Score>> {
  return { path, message, expected: `a number ${expected}`, received, subject: 'score' };
}
