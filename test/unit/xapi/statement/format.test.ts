import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryDefinition, arbitraryStatement } from '#test/support/arbitrary-statements.ts';
import { aStatement, aSubStatement, anActivity, anAgent, anAnonymousGroup } from '#test/support/statements.ts';
import { languageRanges } from '#xapi/statement/choose-language.ts';
import { canonicalFormat, idsFormat } from '#xapi/statement/format.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';

const named = anAgent('ann', { name: 'Ann' });
const defined = anActivity('meeting', { name: { en: 'meeting', fr: 'réunion' } });
const verb = { id: 'http://example.com/verbs/attended', display: { en: 'attended', fr: 'a assisté à' } };

const unknown = (): undefined => undefined;

describe('format=ids (xAPI 1.0.3, Communication 2.1.3)', () => {
  it('leaves what identifies actors, verbs and activities', () => {
    const context = {
      instructor: named,
      team: { ...anAnonymousGroup('ann'), mbox: 'mailto:team@example.com', name: 'Team' },
      contextActivities: { parent: [defined] },
      contextAgents: [{ objectType: 'contextAgent' as const, agent: named, relevantTypes: ['http://example.com/t'] }],
      contextGroups: [{ objectType: 'contextGroup' as const, group: anAnonymousGroup('bob') }],
    };
    expect(idsFormat(aStatement({ actor: named, verb, object: defined, context, authority: named }))).toEqual(
      aStatement({
        context: {
          instructor: anAgent('ann'),
          team: { objectType: 'Group', mbox: 'mailto:team@example.com' },
          contextActivities: { parent: [anActivity('meeting')] },
          contextAgents: [
            { objectType: 'contextAgent', agent: anAgent('ann'), relevantTypes: ['http://example.com/t'] },
          ],
          contextGroups: context.contextGroups,
        },
        authority: anAgent('ann'),
      }),
    );
  });

  it('identifies an anonymous group by its members', () => {
    const actor = { objectType: 'Group' as const, name: 'Team', member: [named] };
    expect(idsFormat(aStatement({ actor })).actor).toEqual(anAnonymousGroup('ann'));
  });

  it('reaches into SubStatements and keeps the type of objects that need it', () => {
    const object = aSubStatement({ actor: named, verb, object: anAgent('bob', { objectType: 'Agent', name: 'Bob' }) });
    expect(idsFormat(aStatement({ object })).object).toEqual({
      objectType: 'SubStatement',
      actor: anAgent('ann'),
      verb: { id: verb.id },
      object: anAgent('bob', { objectType: 'Agent' }),
    });
  });

  it('drops the objectType of activities and keeps StatementRefs', () => {
    expect(idsFormat(aStatement({ object: { ...defined, objectType: 'Activity' } })).object).toEqual({
      id: defined.id,
    });
    const reference = { objectType: 'StatementRef', id: '6f5fdd10-9e2b-44a2-b4a3-8c4e1d2a0001' } as const;
    expect(idsFormat(aStatement({ object: reference })).object).toEqual(reference);
  });

  it('changes nothing the second time, nor what a statement is found by', () => {
    fc.assert(
      fc.property(arbitraryStatement, (statement) => {
        const ids = idsFormat(statement);
        expect(idsFormat(ids)).toEqual(ids);
        expect(statementKeys(ids)).toEqual(statementKeys(statement));
      }),
    );
  });
});

describe('format=canonical (xAPI 1.0.3, Communication 2.1.3)', () => {
  it('returns one language of each map', () => {
    const statement = aStatement({ verb, object: defined, context: { contextActivities: { category: [defined] } } });
    const inFrench = anActivity('meeting', { name: { fr: 'réunion' } });
    expect(canonicalFormat(statement, languageRanges('fr'), unknown)).toEqual(
      aStatement({
        verb: { ...verb, display: { fr: 'a assisté à' } },
        object: inFrench,
        context: { contextActivities: { category: [inFrench] } },
      }),
    );
  });

  it('returns the definition the LRS knows, interaction components included', () => {
    const known = {
      interactionType: 'choice',
      description: { en: 'Which?', fr: 'Lequel ?' },
      choices: [{ id: 'a', description: { en: 'this', fr: 'celui-ci' } }, { id: 'b' }],
    };
    expect(canonicalFormat(aStatement(), languageRanges('en'), () => known).object).toEqual(
      anActivity('meeting', {
        interactionType: 'choice',
        description: { en: 'Which?' },
        choices: [{ id: 'a', description: { en: 'this' } }, { id: 'b' }],
      }),
    );
  });

  it('keeps agents and groups as they were sent', () => {
    const statement = aStatement({ actor: named, object: aSubStatement({ actor: anAnonymousGroup('ann') }) });
    expect(canonicalFormat(statement, [], unknown)).toEqual(statement);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(arbitraryStatement, arbitraryDefinition, (statement, definition) => {
        const once = canonicalFormat(statement, languageRanges('en'), () => definition);
        expect(canonicalFormat(once, languageRanges('en'), unknown)).toEqual(once);
      }),
    );
  });
});
