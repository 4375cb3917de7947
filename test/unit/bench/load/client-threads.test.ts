import { describe, expect, it } from 'vitest';
import packageJson from '../../../../package.json' with { type: 'json' };

describe('the client of a benchmark', () => {
  it.each(['bench', 'bench:compare', 'bench:flat'] as const)('has one thread in npm run %s', (name) => {
    expect(packageJson.scripts[name]).toMatch(/^node --single-threaded bench\/\w+\.ts$/u);
  });
});
