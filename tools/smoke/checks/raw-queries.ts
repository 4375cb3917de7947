import type { Check } from '../check.ts';
import { putDocument } from '../documents.ts';
import { describeAnswer } from '../answer.ts';

const STATE_ID = 'a{b}|c;d e+f/g?h=i&j"k%20é😀';

/** The same, as clients write it: browsers leave braces, pipes and semicolons as they are, curl leaves everything. */
const SPELLINGS = [
  { what: 'everything encoded', agent: encodeURIComponent, stateId: encodeURIComponent(STATE_ID) },
  {
    what: '{ } | as they are',
    agent: (text: string) => encodeURIComponent(text).replaceAll('%7B', '{').replaceAll('%7D', '}'),
    stateId: encodeURIComponent(STATE_ID).replaceAll('%7B', '{').replaceAll('%7D', '}').replaceAll('%7C', '|'),
  },
  { what: '{ } " : , as they are', agent: (text: string) => text, stateId: encodeURIComponent(STATE_ID) },
  { what: '; as it is', agent: encodeURIComponent, stateId: encodeURIComponent(STATE_ID).replaceAll('%3B', ';') },
  { what: 'a space as +', agent: encodeURIComponent, stateId: encodeURIComponent(STATE_ID).replace('d%20e', 'd+e') },
  { what: 'small hexadecimal digits', agent: encodeURIComponent, stateId: lowered(encodeURIComponent(STATE_ID)) },
] as const;

export const rawQueries: Check = {
  name: 'raw-queries',
  proves:
    'Parameters arrive as they were meant, however spelt: encoded, with raw braces and pipes, with + for a space.',
  run: async (inspection) => {
    const { send, data, verify } = inspection;
    const place = data.state(STATE_ID);
    await putDocument(inspection, place, { body: 'found' });
    for (const { what, agent, stateId } of SPELLINGS) {
      const { activityId = '', agent: agentText = '' } = place.query;
      const query = `activityId=${encodeURIComponent(activityId)}&agent=${agent(agentText)}&stateId=${stateId}`;
      const answer = await send({ path: place.path, query });
      verify(answer.status >= 500 || (answer.status === 200 && answer.body.toString() === 'found'), {
        expected: `the document, with ${what}`,
        received: describeAnswer(answer),
        meaning: 'Clients that spell parameters like this, as agent={"mbox":…} often is, are refused or find nothing.',
        advice:
          'The LRS reads the query string as it was sent (rawQueryString of payload format 2.0). Use the HTTP API, not ' +
          'a REST API, which refuses these; and no function of CloudFront that writes query strings anew.',
      });
    }
  },
};

function lowered(text: string): string {
  return text.replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase());
}
