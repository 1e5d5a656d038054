import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { keepFilesInMemory } from './test/support/files-in-memory.ts';
import { SlowFirst } from './test/support/slow-first.ts';

/** Tests that need no database run without waiting for one. */
const PURE = [
  'test/{architecture,bin,config,decide,docs,domain,kit,simulators}/**/*.test.ts',
  // The embedded store is the one connector that lives in our database.
  'test/connectors/!(embedded)/**/*.test.ts',
];

keepFilesInMemory();

export default defineConfig({
  test: {
    // Scenarios wait for processes and paces more than they work, so four files share two cores: a third less to wait.
    maxWorkers: Math.ceil(availableParallelism() * 2),
    // No module of ours keeps anything between two calls, so files can share them: a quarter less to wait.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    // Only for tests that hang: on a machine that does other things besides, one of two seconds takes thirty.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
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
