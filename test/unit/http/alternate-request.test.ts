import { describe, expect, it } from 'vitest';
import { readAlternateRequest } from '#http/alternate-request.ts';
import { readEvent } from '#http/gateway/read-event.ts';
import { parseForm } from '#http/parameters/form.ts';
import type { HttpRequest } from '#http/request.ts';
import { anEvent, type EventOptions } from '#test/support/gateway-events.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

function read({
  query = 'method=PUT',
  headers = FORM,
  ...options
}: EventOptions & { readonly query?: string }): HttpRequest {
  const request = readEvent(anEvent({ method: 'POST', ...options, query, headers }), 0);
  return readAlternateRequest({ ...request, parameters: parseForm(query) });
}

describe('the alternate request syntax (xAPI 1.0.3, Communication 1.3)', () => {
  it('takes method, parameters, headers and content from the query string and the form', () => {
    const form = {
      statementId: '1',
      Authorization: 'Basic x',
      'X-Experience-API-Version': '1.0.1',
      'Content-Type': 'text/plain',
      'If-Match': '"1"',
      content: 'é&=',
    };
    const request = read({ body: new URLSearchParams(form).toString() });
    expect(request.method).toBe('PUT');
    expect(request.parameters).toEqual([{ name: 'statementId', value: '1' }]);
    expect(request.headers).toMatchObject({
      authorization: 'Basic x',
      'x-experience-api-version': '1.0.1',
      'content-type': 'text/plain',
      'if-match': '"1"',
    });
    expect(Buffer.from(request.body).toString()).toBe('é&=');
  });

  it('takes content without a type for JSON', () => {
    expect(read({ body: 'content={}' }).headers['content-type']).toBe('application/json');
  });

  it('may have a content of any length', () => {
    expect(read({ body: `content=${'x'.repeat(64 * 1024)}` }).body).toHaveLength(64 * 1024);
  });

  it('is a request without content when the method has none', () => {
    const request = read({ query: 'method=GET', body: 'limit=1' });
    expect(request).toMatchObject({ method: 'GET', parameters: [{ name: 'limit', value: '1' }] });
    expect(request.body).toHaveLength(0);
  });

  it.each([undefined, 'text/plain', 'text/plain; charset=utf-8'])('may come with the type %o', (type) => {
    expect(read({ headers: { 'content-type': type }, body: 'content={}' }).method).toBe('PUT');
  });

  it.each([
    [
      'other parameters in the query string',
      'parameter-unknown',
      { query: 'method=PUT&statementId=1', body: 'content={}' },
    ],
    ['two methods', 'parameter-unknown', { query: 'method=PUT&method=GET', body: 'content={}' }],
    ['a method there is not', 'parameter-invalid', { query: 'method=put', body: 'content={}' }],
    ['no content', 'body-invalid', { body: 'statementId=1' }],
    ['JSON instead of a form', 'body-invalid', { body: '{"content":{}}' }],
    [
      'another content type',
      'content-type-unsupported',
      { headers: { 'content-type': 'application/json' }, body: '{}' },
    ],
    [
      'version 2.0',
      'parameter-unknown',
      { headers: { ...FORM, 'x-experience-api-version': '2.0.0' }, body: 'content={}' },
    ],
    ['version 2.0 in the form', 'parameter-unknown', { body: 'content={}&X-Experience-API-Version=2.0.0' }],
    ['parameters of more than 32 KiB', 'request-too-large', { body: `content={}&agent=${'x'.repeat(32 * 1024)}` }],
    ['headers of more than 32 KiB', 'request-too-large', { body: `content={}&Authorization=${'x'.repeat(32 * 1024)}` }],
    ['a form that is not UTF-8', 'body-invalid', { body: Uint8Array.of(0xff) }],
  ])('is refused with %s', (_, code, options) => {
    expect(() => read(options)).toThrow(expect.objectContaining({ code }));
  });
});
