import { run } from '#cli/run.ts';
import type { Shell } from '#cli/shell.ts';

export interface ScriptedShell extends Shell {
  /** Standard output until now. */
  output(): string;
  /** Standard error until now. */
  messages(): string;
  /** Milliseconds of every pause. */
  readonly pauses: readonly number[];
  /** Every question, and whether the answer was hidden. */
  readonly questions: readonly (readonly [string, boolean])[];
}

/** What a test wants otherwise than in a shell that is no terminal, has no variables and reaches nobody. */
export interface ShellScript extends Partial<Omit<Shell, 'write' | 'tell' | 'ask' | 'readInput' | 'sleep'>> {
  /** What is typed, one for each question. */
  readonly answers?: readonly string[];
  /** Standard input. */
  readonly input?: string;
}

export const ANY_TIME = Date.parse('2026-11-22T09:04:22.123Z');

export function aShell({ answers = [], input = '', ...given }: ShellScript = {}): ScriptedShell {
  const output: string[] = [];
  const messages: string[] = [];
  const pauses: number[] = [];
  const questions: (readonly [string, boolean])[] = [];
  const typed = [...answers];
  return {
    variables: {},
    workingFolder: '/nowhere',
    homeFolder: '/nowhere',
    columns: undefined,
    showsProgress: false,
    isInteractive: false,
    fetch: () => Promise.reject(new Error('Nobody can be reached.')),
    newId: () => 'an-id',
    now: () => ANY_TIME,
    ...given,
    write: (text) => output.push(text),
    tell: (text) => messages.push(text),
    ask: async (question, { hidden = false } = {}) => {
      questions.push([question, hidden]);
      return typed.shift() ?? '';
    },
    readInput: () => Promise.resolve(input),
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    output: () => output.join(''),
    messages: () => messages.join(''),
    pauses,
    questions,
  };
}

/** Variables with which an LRS is known. */
export const SOME_LRS = { LRS_ENDPOINT: 'https://lrs.example.com/xapi', LRS_KEY: 'a-key', LRS_SECRET: 'a-secret' };

/** A request as it reached the LRS. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Answers requests in their order, and keeps them; the last answer is given again and again. */
export function answering(...replies: readonly (() => Response)[]): {
  readonly sent: readonly SentRequest[];
  readonly fetch: Shell['fetch'];
} {
  const sent: SentRequest[] = [];
  const left = [...replies];
  return {
    sent,
    fetch: async (url, { method = 'GET', headers, body }) => {
      const text = typeof body === 'string' ? body : undefined;
      sent.push({
        method,
        url,
        headers: new Headers(headers),
        body: text === undefined ? undefined : JSON.parse(text),
      });
      const reply = left.length > 1 ? left.shift() : left[0];
      if (reply === undefined) throw new Error('There is no reply.');
      return reply();
    },
  };
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): () => Response {
  return () => Response.json(body, { status, headers });
}

/** What `lrs` does with a command line. */
export async function lrs(args: readonly string[], script: ShellScript = {}) {
  const shell = aShell(script);
  const exitCode = await run(args, shell);
  return { exitCode, output: shell.output(), messages: shell.messages(), shell };
}
