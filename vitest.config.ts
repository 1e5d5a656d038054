import { defineConfig } from 'vitest/config';

/** Tests that need no database run without waiting for one. */
const PURE = ['test/{architecture,bin,config,connectors,decide,docs,domain,kit}/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE } },
      {
        extends: true,
        test: {
          name: 'engines',
          include: ['test/**/*.test.ts'],
          exclude: PURE,
          globalSetup: 'test/support/engines.ts',
        },
      },
    ],
  },
});
