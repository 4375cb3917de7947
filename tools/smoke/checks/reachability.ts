import { type Answer, describeAnswer, memberIn } from '../answer.ts';
import type { Check, Inspection } from '../check.ts';
import { expectStatus } from '../expect-status.ts';

export const reachability: Check = {
  name: 'reachability',
  proves: 'The LRS answers at this endpoint and takes this credential.',
  essential: true,
  run: async (inspection) => {
    const { send, verify } = inspection;
    const about = await send({ path: '/about', headers: { authorization: undefined } });
    const isLrs = verify(about.status === 200 && Array.isArray(memberIn(about, 'version')), {
      expected: '200 with the versions of an LRS',
      received: describeAnswer(about),
      meaning: 'Nothing works at this address.',
      advice:
        'Take the endpoint from the outputs of the stack. Its path is the base path (the settings basePath and ' +
        'domainMapping), without /statements at its end.',
    });
    if (!isLrs) return;
    expectStatus(inspection, await firstPage(inspection), 200, {
      meaning: 'Clients with this credential cannot use the LRS.',
      advice:
        'Compare key and secret with those that were created; docs/operations/deploy.md says how to read the first ones.',
    });
  },
};

/** A function remembers for a while what a credential was before it was changed. */
async function firstPage({ send, sleep, note, pace }: Inspection): Promise<Answer> {
  const first = await send({ path: '/statements', query: { limit: '1' } });
  if (first.status !== 401) return first;
  const seconds = Math.ceil(pace.credentialMemory / 1_000);
  note(`refused at first, and asked again after ${seconds} s, in which a changed credential may take effect`);
  await sleep(pace.credentialMemory);
  return send({ path: '/statements', query: { limit: '1' } });
}
