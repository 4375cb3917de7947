import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Milliseconds: what takes one second takes several on a machine that others use, too. */
const PATIENCE = 30_000;

/** `unit` needs nothing but the code; `integration` runs against the embedded DynamoDB and S3 on loopback. */
export default defineConfig({
  test: {
    // By default it is one less, and most integration tests wait for something half of their time.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: PATIENCE, hookTimeout: PATIENCE } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/engine-setup.ts'],
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
        },
      },
    ],
  },
});
