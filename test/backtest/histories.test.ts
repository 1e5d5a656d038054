import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RETOLD } from '../../src/backtest/index.ts';
import { tryConfigOn } from '../support/backtests.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { exampleFiles, loadedFiles } from '../support/example-config.ts';
import { aStandingConfig } from '../support/live-config.ts';
import { playHistory } from '../support/played-history.ts';

const FILES = exampleFiles('bramble');
const CONFIG = loadedFiles(FILES);

describe('histories of every kind', () => {
  const held = {} as { database: TestDatabase };
  beforeAll(async () => {
    held.database = await aDatabase('pglite');
  });
  afterAll(() => held.database.drop());

  it.each([11, 12, 13])('are told again as they were, by a replay of the same config (%i)', async (seed) => {
    await held.database.empty();
    const { connection } = held.database;
    const { desk, tickets } = await playHistory(connection, { config: CONFIG, seed, acts: 40 });
    const config = aStandingConfig(CONFIG);
    const made = await tryConfigOn({ connection, config, now: desk.clock.now })(
      { files: FILES },
      { window: { last: 1000 } },
    );
    if (!('result' in made)) throw new Error('The example is broken.');
    expect(made.result.diffs).toEqual([]);
    expect(made.result.summary.retold).toEqual(Object.fromEntries(RETOLD.map((field) => [field, tickets.length])));
  });
});
