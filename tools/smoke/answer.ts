import type { Legible } from './legible.ts';

/** Characters of a body that a finding quotes. */
const QUOTED = 200;

/** A whole answer, as it came over the wire. */
export interface Answer {
  /** Method and path of the request, for people to read. */
  readonly request: string;
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The beginning of the body, fit to be printed. */
  readonly excerpt: () => string;
  /** From the first byte sent to the last byte received. */
  readonly milliseconds: number;
}

/** No whole answer came: no connection, a connection that was cut, or no end within the time. */
export class NoAnswer extends Error {
  readonly request: string;

  constructor(request: string, reason: string) {
    super(reason);
    this.request = request;
  }
}

/** @returns the JSON of the body; undefined when it is none. */
export function jsonIn({ body }: Answer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** @returns a member of the JSON object in the body, if it has it. */
export function memberIn(answer: Answer, name: string): unknown {
  const json = jsonIn(answer);
  return isObject(json) ? json[name] : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the LRS itself refused, not what is in front of it; everything else may be from the LRS. */
export function isOurs(answer: Answer): boolean {
  if (answer.status < 400 || answer.headers['x-experience-api-version'] !== undefined) return true;
  return memberIn(answer, 'code') !== undefined && memberIn(answer, 'requestId') !== undefined;
}

/** For people: what was asked, the status, who answered unless it was the LRS, and the beginning of the body. */
export function describeAnswer(answer: Answer): string {
  const { request, status, headers, body, excerpt } = answer;
  const other = headers['server'] ?? headers['via'] ?? 'what is in front of it';
  const by = isOurs(answer) ? '' : ` (from ${other}, not from the LRS)`;
  return `${request} gave ${status}${by}${body.length === 0 ? '' : `: ${excerpt()}`}`;
}

/** The beginning of a body, fit to be printed. */
export function quote(body: Buffer, legible: Legible): string {
  return legible(body.toString(), QUOTED);
}
