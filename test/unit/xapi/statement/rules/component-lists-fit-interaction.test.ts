import { describe, expect, it } from 'vitest';

import { componentListsFitInteraction } from '#xapi/statement/rules/component-lists-fit-interaction.ts';
import { INTERACTION_COMPONENT_LISTS } from '#xapi/statement/statement.ts';

describe.each([
  ['choice', ['choices']],
  ['sequencing', ['choices']],
  ['likert', ['scale']],
  ['matching', ['source', 'target']],
  ['performance', ['steps']],
  ['true-false', []],
  ['fill-in', []],
  ['long-fill-in', []],
  ['numeric', []],
  ['other', []],
])('component lists of %s (xAPI 1.0.3, Data 2.4.4.1)', (interactionType, lists) => {
  it.each(INTERACTION_COMPONENT_LISTS)('%s', (list) => {
    const violation = componentListsFitInteraction({ interactionType, [list]: [{ id: 'a' }] }, '$');
    expect(violation?.path).toBe(lists.some((allowed) => allowed === list) ? undefined : `$.${list}`);
  });
});
