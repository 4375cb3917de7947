import { wrongUsage } from '#cli/failure.ts';

/** Where an LRS is. */
export interface Endpoint {
  /** As content is given it, without a slash at its end. */
  readonly url: string;
  /** What the paths of the management API follow: the endpoint without `/xapi`. */
  readonly root: string;
}

/**
 * @param source where it was given, for the message
 * @param text with or without `/xapi`
 * @throws Failure 2
 */
export function readEndpoint(source: string, text: string): Endpoint {
  const parsed = URL.parse(text);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    throw wrongUsage(`${source} is ${JSON.stringify(text)}; it has to be a URL: https://lrs.example.com/xapi`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw wrongUsage(`${source} holds a user name or password; an endpoint has none.`);
  }
  if (parsed.search !== '' || parsed.hash !== '') {
    throw wrongUsage(`${source} has a query or fragment; an endpoint has none.`);
  }
  const url = `${parsed.origin}${parsed.pathname}`.replace(/\/+$/u, '');
  return { url, root: url.replace(/\/xapi$/u, '') };
}

export function isLoopback({ root }: Endpoint): boolean {
  const { hostname } = new URL(root);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
}

/** A warning where secrets on the way there can be read by others. */
export function inTheClearText(endpoint: Endpoint): string | undefined {
  if (!endpoint.root.startsWith('http:') || isLoopback(endpoint)) return undefined;
  return `Others on the way to ${endpoint.url} can read the secret: it is not encrypted (https).`;
}
