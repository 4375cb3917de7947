import type { Target } from '#bench/load/lrs-client.ts';
import { OptionError } from '#bench/support/whole-number.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

export interface TargetOptions {
  /** Of the environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What the names of the variables with key and secret begin with. */
  readonly prefix: 'LRS' | 'PEER';
  /** Hosts besides loopback are allowed: what is sent there costs money and stays there. */
  readonly anyHost: boolean;
}

/** @throws OptionError */
export function targetAt(name: string, url: string, { variables, prefix, anyHost }: TargetOptions): Target {
  if (!URL.canParse(url)) throw new OptionError(`${url} is no URL.`);
  const { protocol, hostname, username } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') throw new OptionError(`${url} has to begin with http or https.`);
  if (username !== '') throw new OptionError('A URL must not hold a credential.');
  if (!LOOPBACK.test(hostname) && !anyHost) {
    throw new OptionError(
      `${hostname} is not this machine: give --any-host as well if thousands of requests may go there.`,
    );
  }
  const [ofKey, ofSecret] = [`${prefix}_KEY`, `${prefix}_SECRET`];
  const { [ofKey]: key, [ofSecret]: secret } = variables;
  if (!key || !secret) throw new OptionError(`There is no key or no secret for ${url}: set ${ofKey} and ${ofSecret}.`);
  return { name, url: url.replace(/\/$/u, ''), key, secret };
}
