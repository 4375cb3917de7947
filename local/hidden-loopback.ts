import { randomInt } from 'node:crypto';
import { freePort } from '#local/free-port.ts';

/**
 * An address of the loopback interface for what asks for no credential. A page in the browser of this machine may send
 * requests to any address it can name, and the engine answers pages of every origin. So the address is drawn from all of
 * 127.0.0.0/8, too many to be tried, where the system has them: Linux and Windows do, elsewhere it is 127.0.0.1.
 */
export async function hiddenLoopback(draw: (limit: number) => number = randomInt): Promise<string> {
  const address = ['127', draw(256), draw(256), 1 + draw(254)].join('.');
  const isThere = await freePort(address).then(
    () => true,
    () => false,
  );
  return isThere ? address : '127.0.0.1';
}
