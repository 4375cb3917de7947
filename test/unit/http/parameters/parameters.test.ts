import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentParameter } from '#http/parameters/agent-parameter.ts';
import { parseForm } from '#http/parameters/form.ts';
import {
  booleanParameter,
  choiceParameter,
  iriParameter,
  timestampParameter,
  uuidParameter,
  wholeNumberParameter,
} from '#http/parameters/parameter-values.ts';
import { readParameters, requireParameter } from '#http/parameters/read-parameters.ts';
import { XapiError } from '#xapi/errors.ts';
import { errorOf } from '#test/support/error-of.ts';

describe('query strings and forms', () => {
  it('are decoded as UTF-8, with a plus for a space', () => {
    expect(parseForm('a=%C3%A9+1&&b=%2B%00=&c')).toEqual([
      { name: 'a', value: 'é 1' },
      { name: 'b', value: '+\u0000=' },
      { name: 'c', value: '' },
    ]);
  });

  it.each(['a=%C3', 'a=%ED%A0%80', 'a=%', '%zz=1'])('are refused when they are not UTF-8: %s', (text) => {
    expect(() => parseForm(text)).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  });

  it('are refused when they are millions, before there are any', () => {
    const text = 'a&'.repeat(8_000_000);
    const start = performance.now();
    expect(() => parseForm(text)).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
    expect(performance.now() - start).toBeLessThan(200);
    expect(parseForm('a&'.repeat(99))).toHaveLength(99);
  });

  it('come back as they were encoded', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(fc.array(fc.record({ name: text, value: text }), { minLength: 1 }), (parameters) => {
        const pairs = parameters.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
        expect(parseForm(pairs.join('&'))).toEqual(parameters);
      }),
    );
  });

  it('cause no other error than their own', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const error = errorOf(() => parseForm(text));
        expect(error === undefined || error instanceof XapiError).toBe(true);
      }),
    );
  });
});

describe('parameters (xAPI 1.0.3, Communication 3.2)', () => {
  it('are known by their exact names', () => {
    expect(readParameters(parseForm('agent=1'), ['agent', 'verb'])).toEqual({ agent: '1' });
  });

  it('are refused when the request has no such parameter', () => {
    expect(() => readParameters(parseForm('foo=1'), ['agent'])).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'parameter-unknown', path: 'foo' }) }),
    );
  });

  it('are refused in another case, with a hint', () => {
    expect(() => readParameters(parseForm('StatementId=1'), ['statementId'])).toThrow('it is spelt "statementId"');
  });

  it('are refused when they repeat', () => {
    expect(() => readParameters(parseForm('agent=1&agent=1'), ['agent'])).toThrow(
      expect.objectContaining({ code: 'parameter-invalid' }),
    );
  });

  it('are refused by the names of what every object has', () => {
    expect(() => readParameters(parseForm('__proto__=1'), ['agent'])).toThrow(
      expect.objectContaining({ code: 'parameter-unknown' }),
    );
  });

  it('are named when they are missing', () => {
    expect(() => requireParameter({}, 'agent')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'parameter-missing', path: 'agent' }) }),
    );
  });

  it('have the value of their kind', () => {
    const uuid = '8F2B2F52-1111-4C1B-9DD7-0A9D4BAC1234';
    expect(uuidParameter('id', uuid)).toBe(uuid.toLowerCase());
    expect(iriParameter('verb', 'course-v1:edX+Demo')).toBe('course-v1:edX+Demo');
    expect(booleanParameter('ascending', 'true')).toBe(true);
    expect(booleanParameter('ascending', 'false')).toBe(false);
    expect(timestampParameter('since', '1970-01-01T00:00:01Z', '2.0.0')).toBe(1_000);
    expect(wholeNumberParameter('limit', '010')).toBe(10);
    expect(choiceParameter('format', 'ids', ['ids', 'exact'])).toBe('ids');
  });

  it.each([
    () => uuidParameter('id', 'x'),
    () => iriParameter('verb', 'attended'),
    () => booleanParameter('ascending', 'TRUE'),
    () => timestampParameter('since', 'yesterday', '1.0.3'),
    () => wholeNumberParameter('limit', '-1'),
    () => wholeNumberParameter('limit', '1e3'),
    () => choiceParameter('format', 'IDs', ['ids']),
  ])('are refused with a value of another kind: %s', (read) => {
    expect(read).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  });
});

describe('a timestamp', () => {
  it.each(['1970-01-02', '19700102T000000Z', '1970-01-02T00:00:00', '1970-01-02T00:00Z', '1970-01-02T00:00:00+00'])(
    'is %s in 1.0.3 (Data 4.5), but not in 2.0 (4.2.7)',
    (value) => {
      expect(timestampParameter('since', value, '1.0.3')).toBe(86_400_000);
      expect(() => timestampParameter('since', value, '2.0.0')).toThrow('RFC 3339');
    },
  );
});

describe('the parameter "agent"', () => {
  it('is an Agent or an Identified Group in JSON', () => {
    const group = { objectType: 'Group', openid: 'http://example.com/group' };
    expect(agentParameter('agent', '{"mbox":"mailto:a@example.com"}', '1.0.3').ifi).toBe('mbox|mailto:a@example.com');
    expect(agentParameter('agent', JSON.stringify(group), '2.0.0')).toEqual({
      actor: group,
      ifi: 'openid|http://example.com/group',
    });
  });

  it.each(['', 'not JSON', 'true', '[]', '{}', '{"mbox":"a@example.com"}', '{"objectType":"Group","member":[]}'])(
    'is refused as %o',
    (value) => {
      expect(() => agentParameter('agent', value, '1.0.3')).toThrow(
        expect.objectContaining({ code: 'parameter-invalid' }),
      );
    },
  );

  it('is refused as an anonymous group', () => {
    const group = { objectType: 'Group', member: [{ mbox: 'mailto:a@example.com' }] };
    expect(() => agentParameter('agent', JSON.stringify(group), '1.0.3')).toThrow('without an identifier');
  });
});
