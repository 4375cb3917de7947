import { describeAnswer, jsonIn, memberIn } from '../answer.ts';
import type { Check } from '../check.ts';
import { expectStatus } from '../expect-status.ts';
import { aSmokeStatement, SMOKE_IRI } from '../smoke-data.ts';
import { getStatement, postStatements, putStatement } from '../statements.ts';

/** Of one, two, three and four bytes of UTF-8, with what JavaScript, HTML and queries are sensitive to. */
const TEXT = 'a "quoted" \\ text, é € 😀 \u2028 <b>&amp; %7B {}|; \u0000';

const ROUNDS = 5;

export const strongReads: Check = {
  name: 'strong-reads',
  proves: 'A statement is there by its id as soon as it is acknowledged, with every character that was sent.',
  run: async (inspection) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const extension = `${SMOKE_IRI}/text`;
      const statement = {
        ...aSmokeStatement(inspection.data, 'strong-reads'),
        result: { extensions: { [extension]: TEXT } },
      };
      const stored = await putStatement(inspection, statement);
      const isStored = expectStatus(inspection, stored, 204, {
        meaning: 'Statements are not stored.',
        advice: 'The body says why. If it is not of the LRS, ask who answers.',
      });
      if (!isStored) return;
      const answer = await getStatement(inspection, statement.id);
      const found = expectStatus(inspection, answer, 200, {
        meaning: 'Clients that check what they sent take it for lost, and send it again.',
        advice: 'Reads by id are strongly consistent: find who answers from a copy. CloudFront has to cache nothing.',
      });
      if (!found) return;
      inspection.verify(JSON.stringify(memberIn(answer, 'result')) === JSON.stringify(statement.result), {
        expected: `the extension ${JSON.stringify(TEXT)}`,
        received: JSON.stringify(memberIn(answer, 'result')) ?? describeAnswer(answer),
        meaning: 'What learners wrote is changed on its way.',
        advice: 'Find what decodes or re-encodes JSON bodies: a mapping of the API, a function of CloudFront, a proxy.',
      });
    }
  },
};

const CONSEQUENCE = {
  meaning: 'Clients that send again after a lost answer are told of an error, or store twice what happened once.',
  advice:
    'Find who answers: the LRS decides this by a condition of DynamoDB. A 409 to a replay means that the body is ' +
    'changed on its way.',
};

export const replays: Check = {
  name: 'replays',
  proves: 'The same statement sent again is welcome, and another one under its id is refused.',
  run: async (inspection) => {
    const { verify } = inspection;
    const statement = aSmokeStatement(inspection.data, 'replays');
    expectStatus(inspection, await putStatement(inspection, statement), 204, CONSEQUENCE);
    expectStatus(inspection, await putStatement(inspection, statement), 204, CONSEQUENCE);
    const posted = await postStatements(inspection, [statement]);
    if (expectStatus(inspection, posted, 200, CONSEQUENCE)) {
      verify(JSON.stringify(jsonIn(posted)) === JSON.stringify([statement.id]), {
        expected: `["${statement.id}"]`,
        received: describeAnswer(posted),
        ...CONSEQUENCE,
      });
    }
    const other = { ...statement, result: { success: false } };
    expectStatus(inspection, await putStatement(inspection, other), 409, CONSEQUENCE);
  },
};
