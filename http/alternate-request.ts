import { parseMediaType } from '#http/media-type.ts';
import { parseForm } from '#http/parameters/form.ts';
import type { Headers, HttpRequest, Parameter } from '#http/request.ts';
import { versionOf } from '#http/version-header.ts';
import { type ErrorCode, XapiError } from '#xapi/errors.ts';
import { decodeUtf8 } from '#xapi/json/decode-utf8.ts';
import { shorten } from '#xapi/shorten.ts';

const SECTION = 'xAPI 1.0.3, Communication 1.3';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'POST', 'DELETE']);

/** Methods whose requests have content, in the form parameter of that name. */
const WITH_CONTENT: ReadonlySet<string> = new Set(['PUT', 'POST']);

const CONTENT = 'content';

/** The form parameters that stand for headers. */
const HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'x-experience-api-version',
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
]);

/** Some browsers send a form to another origin as `text/plain`, or without a type, whatever the content says. */
const FORM_TYPES: ReadonlySet<string> = new Set(['application/x-www-form-urlencoded', 'text/plain', '']);

/** Bytes, decoded, of all that the form has besides the content: in other requests it is in the head, which is bounded. */
const HEAD_LIMIT = 32 * 1024;

/**
 * Reads the request that a POST with the query string `method=…` stands for: its parameters, some of its headers and
 * its content come from the form in the body (xAPI 1.0.3, Communication 1.3). Version 2.0 has no such syntax.
 */
export function readAlternateRequest(request: HttpRequest): HttpRequest {
  const method = readMethod(request.parameters);
  const form = readForm(request);
  checkHead(form);
  const headers = readHeaders(request.headers, form);
  if (versionOf(headers['x-experience-api-version'] ?? '') === '2.0.0') {
    throw new XapiError({
      code: 'parameter-unknown',
      message: 'A request of version 2.0 cannot be sent as a form.',
      path: 'method',
      section: `${SECTION}; xAPI 2.0, 4.1.5`,
    });
  }
  const parameters = form.filter(({ name }) => !HEADERS.has(name.toLowerCase()));
  if (!WITH_CONTENT.has(method)) return { ...request, method, headers, parameters, body: new Uint8Array() };
  const content = parameters.find(({ name }) => name === CONTENT);
  if (content === undefined) throw refused('body-invalid', 'The form has no parameter "content".', 'content');
  return {
    ...request,
    method,
    headers: { ...headers, 'content-type': headers['content-type'] ?? 'application/json' },
    parameters: parameters.filter((parameter) => parameter !== content),
    body: Buffer.from(content.value),
  };
}

function readMethod(parameters: readonly Parameter[]): string {
  const other = parameters.find(({ name }) => name !== 'method');
  if (other !== undefined || parameters.length > 1) {
    const message =
      'Beside the one "method" nothing may be in the query string: all other parameters go into the form.';
    throw refused('parameter-unknown', message, other?.name ?? 'method');
  }
  const method = parameters[0]?.value ?? '';
  if (METHODS.has(method)) return method;
  throw refused('parameter-invalid', `There is no method ${shorten(method)}.`, 'method');
}

function readForm({ headers, body }: HttpRequest): readonly Parameter[] {
  const { type } = parseMediaType(headers['content-type']);
  if (FORM_TYPES.has(type)) return parseForm(decodeUtf8(body));
  const message = 'A request with the query string "method=…" has a form as its body.';
  throw refused('content-type-unsupported', message, 'Content-Type');
}

function checkHead(form: readonly Parameter[]): void {
  const head = form.filter(({ name }) => name !== CONTENT);
  const bytes = head.reduce((sum, { name, value }) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes <= HEAD_LIMIT) return;
  const limit = `${HEAD_LIMIT / 1024} KiB`;
  const message = `The parameters of the form, but for "content", are longer than ${limit} together.`;
  throw new XapiError({ code: 'request-too-large', message, expected: `at most ${limit}`, section: SECTION });
}

/** Where the form has a header, it wins; the type of the form itself says nothing about the content. */
function readHeaders(sent: Headers, form: readonly Parameter[]): Headers {
  const fromForm = form
    .filter(({ name }) => HEADERS.has(name.toLowerCase()))
    .map(({ name, value }) => [name.toLowerCase(), value]);
  return { ...sent, 'content-type': undefined, ...Object.fromEntries(fromForm) };
}

function refused(code: ErrorCode, message: string, path: string): XapiError {
  return new XapiError({ code, message, path, section: SECTION });
}
