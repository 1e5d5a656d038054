import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBacktests } from '../../src/backtest/create.ts';
import type { Backtests } from '../../src/backtest/index.ts';
import { linkToTry } from '../../src/backtest/link.ts';
import { createLog } from '../../src/kit/log.ts';
import { someTryParts } from '../support/backtests.ts';
import { type ConsoleServer, serveConsole } from '../support/console-server.ts';
import { aVisitor, type Visitor } from '../support/console-visitor.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { exampleFiles, loadedFiles } from '../support/example-config.ts';
import { playHistory } from '../support/played-history.ts';
import { until } from '../support/until.ts';

const FILES = exampleFiles('bramble');
const TRIAGE = FILES['triage.yaml'] ?? '';

const WITH_RULE = TRIAGE.replace(
  /^rules:\n/m,
  `rules:
  - name: <b>Everything</b> is urgent
    why: It is tried here.
    owner: the tests
    when: { all: [] }
    then: { priority: critical }
`,
);

describe('the page Backtest', () => {
  const held = {} as {
    database: TestDatabase;
    server: ConsoleServer;
    backtests: Backtests;
    visitor: Visitor;
    /** Keeps a backtest from going on. */
    gate: Promise<void> | undefined;
  };
  beforeAll(async () => {
    held.database = await aDatabase('pglite');
    const { connection } = held.database;
    const { desk } = await playHistory(connection, { config: loadedFiles(FILES), seed: 5, acts: 15 });
    const parts = someTryParts({ connection, config: desk.config, now: desk.clock.now });
    const tablesOf: typeof parts.tablesOf = async (config) => (await held.gate, parts.tablesOf(config));
    held.backtests = createBacktests({ ...parts, tablesOf, log: createLog('silent') });
    held.server = await serveConsole(connection, desk, { backtests: held.backtests });
    held.visitor = aVisitor(held.server.address);
    await held.visitor.signIn('Ana');
  }, 120_000);
  afterAll(async () => {
    await held.server.close();
    await held.database.drop();
  });

  async function tried(text: string): Promise<string> {
    const { location } = await held.visitor.post('/backtest', { file: 'triage.yaml', text, last: '500' });
    expect(location).toBe('/backtest#live');
    await held.backtests.close();
    return (await held.visitor.get('/backtest')).text;
  }

  it('begins with the file in force, and says where to save it', async () => {
    const { text } = await held.visitor.get('/backtest?file=sla.yaml');
    expect(text).toContain((FILES['sla.yaml'] ?? '').split('\n')[2]);
    expect(text).toContain('save it as <code>config/sla.yaml</code>');
  });

  it('begins with what a link proposes', async () => {
    const { text } = await held.visitor.get(linkToTry({ file: 'triage.yaml', text: 'categories: [<proposed>]' }));
    expect(text).toContain('categories: [&#60;proposed&#62;]');
  });

  it('tells what a change would have done, and filters by what differs', async () => {
    const page = await done(WITH_RULE);
    expect(page).toContain('come out otherwise');
    expect(page).toContain('rule &#60;b&#62;Everything&#60;/b&#62; is urgent');
    expect(page).not.toContain('<b>Everything</b>');
    const only = (await held.visitor.get('/backtest?only=queue')).text;
    const links = (text: string) => [...text.matchAll(/class="td-number" href/g)].length;
    expect(links(only)).toBeLessThanOrEqual(links(page));
    expect((await held.visitor.get('/backtest?only=priority')).text).toContain('<ins>critical</ins>');
  });

  it('keeps what was tried in the form, until another file is asked for', async () => {
    expect((await held.visitor.get('/backtest')).text).toContain('&#60;b&#62;Everything&#60;/b&#62; is urgent\n');
    expect((await held.visitor.get('/backtest?file=triage.yaml')).text).not.toContain('It is tried here.');
  });

  it('shows the line that is wrong, and what was expected', async () => {
    const page = await tried('categories: [billing]\nruels: []\n');
    expect(page).toContain('triage.yaml:2:1');
    expect(page).toContain('Did you mean &#34;rules&#34;?');
    expect(page).toContain('2 | ruels: []');
  });

  it('says that one is running, shows how far it is, and cancels it', async () => {
    const gate = Promise.withResolvers<void>();
    held.gate = gate.promise;
    await held.visitor.post('/backtest', { file: 'triage.yaml', text: WITH_RULE, last: '500' });
    expect((await held.visitor.get('/backtest')).text).toContain('Begun by Ana.');
    const busy = await held.visitor.post('/backtest', { file: 'triage.yaml', text: WITH_RULE, last: '500' });
    const { location } = await held.visitor.post('/backtest/cancel');
    gate.resolve();
    await held.backtests.close();
    expect([busy.status, location]).toEqual([409, '/backtest?done=backtest_cancelled']);
    expect(busy.text).toContain('A backtest is running already');
    const { text: page } = await held.visitor.get('/backtest');
    expect(page).toContain('<p role="status">The backtest was cancelled.</p>');
    expect(page).not.toContain('td-trouble');
  });

  /** A run that is waited for, rather than broken off. */
  async function done(text: string): Promise<string> {
    await held.visitor.post('/backtest', { file: 'triage.yaml', text, last: '500' });
    return until('the end of the backtest', async () => {
      const { text: page } = await held.visitor.get('/backtest');
      return page.includes('backtest-done-title') ? page : null;
    });
  }
});
