import { describe, expect, it } from 'vitest';
import { isDeployment } from '#functions/bootstrap-credential/deployment.ts';

describe('a call of the function that registers the first credential', () => {
  it.each([undefined, null, '', 'text', 1, {}, [], { key: 'value' }])('is by hand with %j', (event) => {
    expect(isDeployment(event)).toBe(false);
  });

  it("is CloudFormation's when it says where to answer", () => {
    expect(isDeployment({ RequestType: 'Create', ResponseURL: 'https://answers.example' })).toBe(true);
  });
});
