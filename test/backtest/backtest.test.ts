import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assumptionsOf } from '../../src/backtest/assumptions.ts';
import { createBacktests, createTryConfig } from '../../src/backtest/create.ts';
import { type BacktestResult, type ConfigChange, RETOLD, type Window } from '../../src/backtest/index.ts';
import { quietConfig } from '../../src/config/shadow.ts';
import { staffConfig } from '../../src/config/staffed.ts';
import { createLog } from '../../src/kit/log.ts';
import { allRows } from '../support/all-rows.ts';
import { someTryParts } from '../support/backtests.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { exampleFiles, loadedFiles } from '../support/example-config.ts';
import { aStandingConfig } from '../support/live-config.ts';
import { BEGIN, playHistory } from '../support/played-history.ts';
import { until } from '../support/until.ts';

const FILES = exampleFiles('bramble');
const CONFIG = loadedFiles(FILES);
const TRIAGE = FILES['triage.yaml'] ?? '';
const ALL: Window = { last: 1000 };

/** What a thread is called by when it is gone. */
const ENDED = -1;

async function nextThread(): Promise<Worker> {
  const [thread] = await once(process, 'worker');
  return thread as Worker;
}

/** A rule before all others, that makes every ticket of `Hello` a bug of high priority. */
const WITH_RULE = TRIAGE.replace(
  /^rules:\n/m,
  `rules:
  - name: A greeting is a bug
    why: It is tried here.
    owner: the tests
    when: { subject: { mentions: [hello] } }
    then: { category: bug, priority: critical }
`,
);

describe.each(ENGINES)('a backtest, on %s', (engine) => {
  const held = {} as { database: TestDatabase; now: Temporal.Instant; tickets: number };

  beforeAll(async () => {
    held.database = await aDatabase(engine);
    const { desk, tickets } = await playHistory(held.database.connection, { config: CONFIG, seed: 3, acts: 45 });
    held.now = desk.clock.now();
    held.tickets = tickets.length;
  }, 120_000);
  afterAll(() => held.database.drop());

  function parts() {
    const { connection } = held.database;
    return someTryParts({ connection, config: aStandingConfig(CONFIG), now: () => held.now });
  }

  async function tried(change: ConfigChange, window = ALL): Promise<BacktestResult> {
    const made = await createTryConfig(parts())(change, { window });
    if ('findings' in made) throw new Error(made.findings.map(({ message }) => message).join('\n'));
    return made.result;
  }

  it('tells again what happened, under the config in force, and finds no difference', async () => {
    const { summary, diffs } = await tried({ file: 'triage.yaml', text: TRIAGE });
    expect(diffs).toEqual([]);
    expect(summary.tickets).toBe(held.tickets);
    expect(summary.retold).toEqual(Object.fromEntries(RETOLD.map((field) => [field, held.tickets])));
  });

  it('tells what a rule would have done, with both sentences', async () => {
    const { summary, diffs } = await tried({ file: 'triage.yaml', text: WITH_RULE });
    const rule = summary.rules.find(({ name }) => name === 'A greeting is a bug');
    expect(rule).toMatchObject({ before: 0, in: 'after' });
    expect(rule?.after).toBeGreaterThan(0);
    expect(summary.changed).toBe(diffs.length);
    const greeting = diffs.find(({ subject }) => subject === 'Hello');
    expect(greeting?.changes.find(({ what }) => what === 'category')).toMatchObject({
      before: null,
      after: 'bug',
      sentences: { after: 'Bug, because the text says “Hello” (rule A greeting is a bug).' },
    });
    expect(greeting?.changes.find(({ what }) => what === 'priority')?.after).toBe('critical');
  });

  it('writes nothing, whatever it is told to try', async () => {
    const before = await allRows(held.database.connection);
    await tried({ file: 'triage.yaml', text: WITH_RULE });
    await tried({ file: 'sla.yaml', text: '' });
    await createTryConfig(parts())({ file: 'triage.yaml', text: 'rules: 7' }, { window: ALL });
    expect(await allRows(held.database.connection)).toBe(before);
  });

  it('reads in transactions in which the database lets nothing be written', async () => {
    const { queries } = held.database.connection;
    const write = queries.transaction((tx) => tx.execute(sql`delete from tickets`), { accessMode: 'read only' });
    await expect(write).rejects.toMatchObject({ cause: { message: expect.stringContaining('read-only transaction') } });
  });

  it('says what is wrong with a config that is broken, and where', async () => {
    const made = await createTryConfig(parts())(
      { file: 'triage.yaml', text: TRIAGE.replace('priority: high', 'priority: hihg') },
      { window: ALL },
    );
    if (!('findings' in made)) throw new Error('It was let through.');
    expect(made.findings[0]).toMatchObject({ severity: 'error', file: 'triage.yaml' });
    expect(made.findings[0]?.fix).toContain('Did you mean "high"?');
  });

  it('replays the latest tickets only, or those since a moment', async () => {
    const change = { file: 'triage.yaml', text: TRIAGE };
    expect((await tried(change, { last: 3 })).summary.tickets).toBe(3);
    const since = BEGIN.add({ hours: 48 });
    const { summary } = await tried(change, { since });
    expect(summary.tickets).toBeLessThan(held.tickets);
    expect(summary.tickets).toBeGreaterThan(0);
    expect((await tried(change, { since: held.now.add({ hours: 1 }) })).summary.tickets).toBe(0);
  });

  it('finds no difference in a shadow week, in which nobody is asked for anything', async () => {
    const files = { ...FILES, 'desk.yaml': `${FILES['desk.yaml']}\nshadow: { until: 2099-01-01 }\n` };
    const noTables = { rows: async () => [], memory: { get: async () => null, set: async () => undefined } };
    const config = quietConfig(staffConfig(aStandingConfig(loadedFiles(files)), noTables), () => held.now);
    const made = await createTryConfig({ ...parts(), config })({ files }, { window: ALL });
    expect(made).toMatchObject({ result: { diffs: [], summary: { tickets: held.tickets } } });
  });

  it('names what it assumes', async () => {
    const { summary } = await tried({ file: 'triage.yaml', text: TRIAGE });
    expect(assumptionsOf(summary)[0]).toBe(
      'People answered, edited and handed off when they did, whoever would have had the ticket; a person’s edit wins in both runs.',
    );
  });

  it('can be cancelled, and says so', async () => {
    const stopped = new AbortController();
    const begun = nextThread();
    const trying = createTryConfig({ ...parts(), ticketsToPage: 5 })(
      { file: 'triage.yaml', text: WITH_RULE },
      { window: ALL, onProgress: () => stopped.abort(), signal: stopped.signal },
    );
    await expect(trying).rejects.toMatchObject({ code: 'backtest.cancelled' });
    expect((await begun).threadId).toBe(ENDED);
  });

  it('does not begin when it was cancelled before', async () => {
    const trying = createTryConfig(parts())(
      { file: 'sla.yaml', text: '' },
      { window: ALL, signal: AbortSignal.abort() },
    );
    await expect(trying).rejects.toMatchObject({ code: 'backtest.cancelled' });
  });

  it.each([
    ['breaks', 'throw new Error("The past is broken.")', 'The past is broken.'],
    ['ends', 'process.exit(0)', 'The thread that replays the past ended before it had replayed it.'],
  ])('says so when the thread that replays %s', async (_, code, words) => {
    const lines: unknown[] = [];
    const thread = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const log = { ...createLog('silent'), error: (line: unknown) => void lines.push(line) };
    const backtests = createBacktests({ ...parts(), thread, log });
    backtests.begin({ file: 'triage.yaml', text: WITH_RULE }, { by: 'Ana', window: ALL });
    await until('the end of the backtest', () => backtests.state().kind !== 'running');
    expect(backtests.state()).toMatchObject({ kind: 'failed', problem: { code: 'backtest.failed' } });
    expect(lines).toEqual([{ err: expect.objectContaining({ message: words }) }]);
  });

  it('reads a history in pages, and tells how far it is', async () => {
    const shown: { tickets: number; of: number }[] = [];
    const onProgress = (progress: { tickets: number; of: number }) => void shown.push(progress);
    const begun = nextThread();
    await createTryConfig({ ...parts(), ticketsToPage: 5 })(
      { file: 'triage.yaml', text: WITH_RULE },
      { window: ALL, onProgress },
    );
    expect((await begun).threadId).toBe(ENDED);
    expect(shown.map(({ of }) => of)).toEqual(shown.map(() => held.tickets));
    expect(shown.slice(0, 2).map(({ tickets }) => tickets)).toEqual([5, 10]);
    expect(shown.at(-1)?.tickets).toBe(held.tickets);
  });

  it('comes to the same however large its pages are', async () => {
    const change = { file: 'triage.yaml', text: WITH_RULE };
    const small = await createTryConfig({ ...parts(), ticketsToPage: 3 })(change, { window: ALL });
    expect(small).toEqual(await createTryConfig(parts())(change, { window: ALL }));
  });

  it('runs one at a time on a desk, and another when that is over', async () => {
    const backtests = createBacktests({ ...parts(), log: createLog('silent') });
    backtests.begin({ file: 'triage.yaml', text: TRIAGE }, { by: 'Ana', window: { last: 5 } });
    expect(() => backtests.begin({ files: {} }, { by: 'Ben', window: ALL })).toThrow('A backtest is running already.');
    expect(backtests.state()).toMatchObject({ kind: 'running', by: 'Ana' });
    await backtests.close();
    expect(['done', 'failed']).toContain(backtests.state().kind);
    backtests.begin({ files: {} }, { by: 'Ben', window: ALL });
    await backtests.close();
    expect(backtests.state()).toMatchObject({ kind: 'refused', by: 'Ben' });
  });
});
