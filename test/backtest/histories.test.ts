import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RETOLD } from '../../src/backtest/index.ts';
import { tryConfigOn } from '../support/backtests.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { exampleFiles, loadedFiles } from '../support/example-config.ts';
import { aStandingConfig } from '../support/live-config.ts';
import { playHistory } from '../support/played-history.ts';

const FILES = exampleFiles('bramble');

/** Whoever cannot log in gets the article that fits, and the ticket waits for whether it helped. */
const WITH_ARTICLES = {
  ...FILES,
  'triage.yaml': `${FILES['triage.yaml']}\nselfService: { account: { template: an-article, withArticle: 5% } }\n`,
  'articles/log-in.md':
    '---\ntitle: You cannot log in\ncategory: account\napproved: true\nkeywords: [password reset mail]\n---\n\nThe mail comes within the hour.\n',
  'replies/an-article.md':
    '---\nsubject: "Re: {{ ticket.subject }}"\n---\n{{ article.title }}\n\n{{ article.text }}\n{{ answer.person }}\n',
};

describe('histories of every kind', () => {
  const held = {} as { database: TestDatabase };
  beforeAll(async () => {
    held.database = await aDatabase('pglite');
  });
  afterAll(() => held.database.drop());

  /** Plays a history, and replays it under the same config. */
  async function toldAgain(files: Readonly<Record<string, string>>, given: { seed: number; acts: number }) {
    await held.database.empty();
    const { connection } = held.database;
    const loaded = loadedFiles(files);
    const { desk, tickets } = await playHistory(connection, { config: loaded, ...given });
    const config = aStandingConfig(loaded);
    const made = await tryConfigOn({ connection, config, now: desk.clock.now })({ files }, { window: { last: 1000 } });
    if (!('result' in made)) throw new Error('The example is broken.');
    const all = Object.fromEntries(RETOLD.map((field) => [field, tickets.length]));
    return { ...made.result, tickets, all };
  }

  it.each([11, 12, 13])('are told again as they were, by a replay of the same config (%i)', async (seed) => {
    const { diffs, summary, all } = await toldAgain(FILES, { seed, acts: 40 });
    expect(diffs).toEqual([]);
    expect(summary.retold).toEqual(all);
  });

  it('are told again where articles answer by themselves', async () => {
    const { diffs, summary, tickets, all } = await toldAgain(WITH_ARTICLES, { seed: 14, acts: 40 });
    const served = tickets.filter(({ selfService }) => selfService !== null);
    expect(served.length).toBeGreaterThan(0);
    expect(diffs).toEqual([]);
    expect(summary.messages['letter an-article']).toEqual({ before: served.length, after: served.length });
    expect(summary.retold).toEqual(all);
  });
});
