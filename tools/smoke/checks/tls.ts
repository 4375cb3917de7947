import { once } from 'node:events';
import { connect } from 'node:tls';
import type { Check, Inspection } from '../check.ts';

const DAY = 86_400_000;
/** Days. Certificates of AWS Certificate Manager are renewed 60 days before they expire. */
const TOO_FEW = 14;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Before anything that carries a secret. */
export const tls: Check = {
  name: 'tls',
  proves: 'Secrets and learners’ data travel encrypted, to a server whose certificate is valid.',
  essential: true,
  skips: ({ endpoint }) => (isLoopback(endpoint) ? 'the endpoint is plain HTTP on loopback' : undefined),
  run: async (inspection) => {
    const { endpoint, verify } = inspection;
    const isTls = verify(endpoint.protocol === 'https:', {
      expected: 'an https endpoint',
      received: endpoint.origin,
      meaning: 'Everybody on the way can read keys, secrets and statements.',
      advice: 'Take the endpoint from the outputs of the stack: it begins with https.',
    });
    if (isTls) await inspectCertificate(inspection);
  },
};

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && LOOPBACK.has(hostname);
}

async function inspectCertificate({ endpoint, verify, note, signal, pace }: Inspection): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(pace.request)]);
  const connection = await connectionTo(endpoint, limit);
  signal.throwIfAborted();
  if (typeof connection === 'string') {
    verify(false, {
      expected: 'a TLS connection with a valid certificate',
      received: connection,
      meaning: 'Browsers and clients refuse to connect.',
      advice:
        'Use the host name of the certificate. For a domain of your own, look at the certificate in AWS Certificate ' +
        'Manager; for a private authority, name its file in NODE_EXTRA_CA_CERTS.',
    });
    return;
  }
  const { protocol, days } = connection;
  note(`${protocol}, certificate valid for ${days} days`);
  verify(days >= TOO_FEW, {
    expected: `a certificate that is valid for at least ${TOO_FEW} days more`,
    received: `${days} days`,
    meaning: 'Browsers and clients will soon refuse to connect.',
    advice: 'See in AWS Certificate Manager why it was not renewed: its DNS record for validation has to stay.',
  });
}

interface Connection {
  readonly protocol: string;
  /** Until the certificate expires. */
  readonly days: number;
}

/** @returns why there is none, when there is none. */
async function connectionTo({ hostname, port }: URL, signal: AbortSignal): Promise<Connection | string> {
  const host = hostname.replaceAll(/[[\]]/gu, '');
  const socket = connect({ host, port: Number(port || 443), servername: hostname, ALPNProtocols: ['h2', 'http/1.1'] });
  try {
    await once(socket, 'secureConnect', { signal });
    const { valid_to: end } = socket.getPeerCertificate();
    const protocol = [socket.getProtocol(), socket.alpnProtocol].filter(Boolean).join(', ');
    return { protocol, days: Math.floor((Date.parse(end) - Date.now()) / DAY) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    socket.destroy();
  }
}
