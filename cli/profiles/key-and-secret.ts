import { isJsonObject } from '#cli/api/json.ts';

/** What HTTP Basic needs. */
export interface KeyAndSecret {
  readonly key: string;
  readonly secret: string;
}

/** From JSON with `key` and `secret`; undefined when it is something else. */
export function parseKeyAndSecret(text: string): KeyAndSecret | undefined {
  try {
    return keyAndSecretIn(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function keyAndSecretIn(value: unknown): KeyAndSecret | undefined {
  if (!isJsonObject(value)) return undefined;
  const { key, secret } = value;
  if (typeof key !== 'string' || typeof secret !== 'string') return undefined;
  return isUsable({ key, secret }) ? { key, secret } : undefined;
}

/** Whether they can stand in a header (RFC 7617, 2). */
export function isUsable({ key, secret }: KeyAndSecret): boolean {
  return isUsableKey(key) && /^\P{Cc}+$/u.test(secret);
}

export function isUsableKey(key: string): boolean {
  return /^[^:\p{Cc}]+$/u.test(key);
}
