import { isIri } from '#xapi/data-types/iri.ts';
import { isLanguageTag } from '#xapi/data-types/language-tag.ts';
import { nearest } from '#xapi/statement/paths/nearest.ts';
import { parsePath, type PathFault, pathOf, type Step } from '#xapi/statement/paths/parse-path.ts';
import { type Shape, STATEMENT_SHAPE } from '#xapi/statement/paths/shape.ts';

const MOST_STEPS = 30;

/** The steps of a path that some statement may have a value at, or what is wrong with it. */
export function readPath(path: string): readonly Step[] | PathFault {
  const steps = parsePath(path);
  if ('message' in steps) return steps;
  if (steps.length > MOST_STEPS) return { message: 'It is too long.', expected: `at most ${MOST_STEPS} steps` };
  let shape: Shape = STATEMENT_SHAPE;
  for (const [index, step] of steps.entries()) {
    const next = shapeAt(shape, step, steps.slice(0, index));
    if ('message' in next) return next;
    shape = next;
  }
  return steps;
}

/** @param before the steps that lead to the shape */
function shapeAt(shape: Shape, step: Step, before: readonly Step[]): Shape | PathFault {
  const place = pathOf(before);
  if (shape.kind === 'free') return shape;
  if (shape.kind === 'plain') {
    return { message: `${place} is a text, a number or a boolean: nothing is in it.`, expected: place };
  }
  if (shape.kind === 'items') {
    if (typeof step === 'number') return shape.items;
    const meant = pathOf([...before, 0, step]);
    return { message: `${place} is a list: say which of its items, the first one is [0].`, expected: meant };
  }
  if (typeof step === 'number') return { message: `${place} is no list.`, expected: place };
  return shape.kind === 'members' ? memberAt(shape.members, step, before) : keyAt(shape, step, before);
}

function memberAt(members: Readonly<Record<string, Shape>>, name: string, before: readonly Step[]): Shape | PathFault {
  const member = Object.hasOwn(members, name) ? members[name] : undefined;
  if (member !== undefined) return member;
  const names = Object.keys(members);
  const near = nearest(name, names);
  const message = `No statement has ${pathOf([...before, name])}.`;
  return { message, expected: near === undefined ? `one of ${names.join(', ')}` : pathOf([...before, near]) };
}

function keyAt(
  { key, values }: Extract<Shape, { readonly kind: 'by' }>,
  name: string,
  before: readonly Step[],
): Shape | PathFault {
  if (key === 'language') {
    if (isLanguageTag(name)) return values;
    const message = `${pathOf(before)} has a text for each language, and ${JSON.stringify(name)} is no language tag.`;
    return { message, expected: pathOf([...before, 'en-US']) };
  }
  if (isIri(name)) return values;
  return {
    message: `The members of ${pathOf(before)} are named by IRIs, and ${JSON.stringify(name)} is none.`,
    expected: pathOf([...before, 'https://example.com/extension']),
  };
}
