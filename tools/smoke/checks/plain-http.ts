import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { Check, Inspection } from '../check.ts';

/** Sends nothing that is secret. */
export const plainHttp: Check = {
  name: 'plain-http',
  proves: 'Without TLS nothing is served: a client that was given http:// is refused, or led to https://.',
  skips: ({ endpoint: { protocol, port } }) => {
    if (protocol === 'http:') return 'the endpoint is plain HTTP';
    return port === '' ? undefined : 'the endpoint has a port of its own';
  },
  run: async (inspection) => {
    const { endpoint } = inspection;
    await inspectPlainHttp(inspection, new URL(`http://${endpoint.hostname}${endpoint.pathname}/about`));
  },
};

/** @param url with `http:` */
export async function inspectPlainHttp(
  { verify, note, signal, pace }: Pick<Inspection, 'verify' | 'note' | 'signal' | 'pace'>,
  url: URL,
): Promise<void> {
  const answer = await answerOf(url, AbortSignal.any([signal, AbortSignal.timeout(pace.plainHttp)]));
  signal.throwIfAborted();
  if (answer === undefined) {
    note('no answer');
    return;
  }
  const { status, location } = answer;
  note(location === undefined ? `${status}` : `${status} to ${location}`);
  verify(status >= 400 || (status >= 300 && location?.startsWith('https://') === true), {
    expected: 'no answer, a refusal, or a redirection to https',
    received: location === undefined ? `${status}` : `${status}, to ${location}`,
    meaning: 'A client with http:// in its settings works, and sends its secret for everybody on the way to read.',
    advice: 'In CloudFront set the viewer protocol policy to https-only, as the construct of the edge stack does.',
  });
}

/** @returns undefined when none came. */
async function answerOf(
  url: URL,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly location: string | undefined } | undefined> {
  const outgoing = request(url, { signal, agent: false });
  outgoing.end();
  try {
    const [message]: IncomingMessage[] = await once(outgoing, 'response');
    message?.destroy();
    return { status: message?.statusCode ?? 0, location: message?.headers.location };
  } catch {
    return undefined;
  }
}
