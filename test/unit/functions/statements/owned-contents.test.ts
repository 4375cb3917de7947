import { describe, expect, it } from 'vitest';
import { ownedContents } from '#functions/statements/owned-contents.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { aStatement, aSubStatement, anAgent, anAnonymousGroup, ifiOfAgent } from '#test/support/statements.ts';

const SENDER = { store: 'default', authority: ifiOfAgent('lms') };
const [ONE, TWO] = [Buffer.from('one'), Buffer.from('two')];
const contentOf = (content: Buffer) => ({ sha2: anAttachment(content).sha2, content });

const ownersOf = (statements: readonly Statement[], ...contents: readonly Buffer[]) =>
  ownedContents(statements, contents.map(contentOf), SENDER).map(({ content, owner }) => [
    Buffer.from(content).toString(),
    owner.actor,
  ]);

describe('contents that come with statements', () => {
  it('belong to each actor whose statements declare them, once', () => {
    const statements = [
      aStatement({ actor: anAgent('ann'), attachments: [anAttachment(ONE), anAttachment(TWO)] }),
      aStatement({
        actor: anAgent('ann'),
        attachments: [{ ...anAttachment(ONE), sha2: anAttachment(ONE).sha2.toUpperCase() }],
      }),
      aStatement({ actor: anAgent('bob'), attachments: [anAttachment(ONE)] }),
      aStatement({ actor: anAgent('cid') }),
    ];
    expect(ownersOf(statements, ONE, TWO)).toEqual([
      ['one', ifiOfAgent('ann')],
      ['one', ifiOfAgent('bob')],
      ['two', ifiOfAgent('ann')],
    ]);
  });

  it('belong to the actor of the statement when its SubStatement declares them', () => {
    const object = aSubStatement({ actor: anAgent('sub') });
    const statements = [aStatement({ object: { ...object, attachments: [anAttachment(ONE)] } })];
    expect(ownersOf(statements, ONE)).toEqual([['one', ifiOfAgent('ann')]]);
  });

  it('belong to an anonymous group by its members', () => {
    const groups = [anAnonymousGroup('ann', 'bob'), anAnonymousGroup('bob', 'ann')];
    const statements = groups.map((actor) => aStatement({ actor, attachments: [anAttachment(ONE)] }));
    expect(ownersOf(statements, ONE)).toEqual([['one', JSON.stringify([ifiOfAgent('ann'), ifiOfAgent('bob')])]]);
  });
});
