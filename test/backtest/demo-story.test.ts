import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BacktestResult, type Difference, RETOLD } from '../../src/backtest/index.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { allRows } from '../support/all-rows.ts';
import { tryConfigOn } from '../support/backtests.ts';
import { at } from '../support/builders.ts';
import { aDemoDesk, type DemoDesk } from '../support/demo-desk.ts';

/** A Wednesday afternoon in Amsterdam; with an incident, VIPs, letters that come late, and people who correct. */
const STORY = { seed: 1, days: 2, end: at('2026-11-18T14:20:00Z') };

const TAGGED_IN_THE_APP = `rules:
  - name: Asked in the app
    why: It is tried here.
    owner: the tests
    when: { channel: app }
    then: { tags: [tried] }
`;

describe('a backtest on the story of the demo', () => {
  const held = {} as { demo: DemoDesk };
  beforeAll(async () => {
    held.demo = await aDemoDesk(STORY);
  }, 120_000);
  afterAll(() => held.demo.drop());

  async function tried(file: string, change: (text: string) => string): Promise<BacktestResult> {
    const { connection, config } = held.demo.stage;
    const text = config.current().files[file] ?? '';
    const trying = tryConfigOn({ connection, config, now: () => STORY.end });
    const made = await trying({ file, text: change(text) }, { window: { last: 1000 } });
    if ('findings' in made) throw new Error(made.findings.map(({ message }) => message).join('\n'));
    return made.result;
  }

  async function numbers(where: ReturnType<typeof sql>): Promise<readonly number[]> {
    const { queries } = held.demo.stage.connection;
    const rows = await queries.execute(sql`select number::int from tickets where ${where} order by number`);
    return rowsOf<{ number: number }>(rows).map(({ number }) => number);
  }

  it('finds no difference under the config in force, and tells every ticket again as it was', async () => {
    const { summary, diffs } = await tried('triage.yaml', (text) => text);
    const { tickets } = held.demo;
    expect(tickets).toBeGreaterThan(50);
    expect(diffs).toEqual([]);
    expect(summary.retold).toEqual(Object.fromEntries(RETOLD.map((field) => [field, tickets])));
    for (const { before, after } of Object.values(summary.messages)) expect(after).toBe(before);
    expect(summary.sla.firstResponse.after).toEqual(summary.sla.firstResponse.before);
    expect(summary.agreement.category.tickets).toBeGreaterThan(30);
    expect(summary.agreement.category.after).toBe(summary.agreement.category.before);
  });

  it('finds exactly the tickets that a new rule concerns, by what it does alone', async () => {
    const { summary, diffs } = await tried('triage.yaml', (text) => text.replace(/^rules:\n/m, TAGGED_IN_THE_APP));
    const concerned = await numbers(sql`ticket ->> 'channel' = 'app'`);
    expect(concerned.length).toBeGreaterThan(10);
    expect(diffs.map(({ number }) => number)).toEqual(concerned);
    expect(new Set(diffs.flatMap(({ changes }) => changes.map(({ what }) => what)))).toEqual(new Set(['tags']));
    expect(summary.byDifference.tags).toBe(concerned.length);
    expect(diffs[0]?.changes[0]?.sentences.after).toContain('rule Asked in the app');
  });

  it('finds exactly the tickets on which a rule spoke that is taken out, with what follows from it', async () => {
    const name = 'Key customers come before others';
    const without = (text: string) =>
      text.replace(/ {2}- name: Key customers come before others\n.*?\n(?= {2}- name:)/s, '');
    const { summary, diffs } = await tried('triage.yaml', without);
    const spoken = await numbers(
      sql`key in (select ticket_key from decisions where source ->> 'name' = ${name} and field = 'tags')`,
    );
    expect(spoken.length).toBeGreaterThan(2);
    expect(diffs.map(({ number }) => number)).toEqual(spoken);
    expect(summary.rules.find((rule) => rule.name === name)).toMatchObject({ after: 0, in: 'before' });
    const follows = (what: Difference) => summary.byDifference[what];
    expect([follows('tags'), follows('category')]).toEqual([spoken.length, 0]);
    // Another rule may say the same of a priority.
    expect(follows('priority')).toBeGreaterThan(1);
    expect(follows('priority')).toBeLessThanOrEqual(spoken.length);
    // They lose the sooner times of their contracts.
    expect(summary.due.firstResponse).toMatchObject({ sooner: 0, later: follows('firstResponseDueAt') });
    expect(summary.due.firstResponse.hours).toBeGreaterThan(0);
    expect(summary.agreement.priority.after).toBeLessThanOrEqual(summary.agreement.priority.before);
  });

  it('tells of the promise that comes out otherwise, and of no other', async () => {
    const { diffs } = await tried('sla.yaml', (text) => text.replaceAll(/\b[1-4]h/g, '5m'));
    const promises = diffs.flatMap(({ changes }) => changes.filter(({ what }) => what === 'sla'));
    expect(promises.length).toBeGreaterThan(5);
    for (const { after, sentences } of promises) {
      const isFirst = String(after).includes('first answer');
      expect(sentences.after).toMatch(isFirst ? /^First reply (late|is overdue)/ : /^Resolution .*(late|is overdue)/);
    }
  });

  it('leaves the desk as it was', async () => {
    const { connection } = held.demo.stage;
    const before = await allRows(connection);
    await tried('sla.yaml', (text) => text.replaceAll('1h', '2h'));
    expect(await allRows(connection)).toBe(before);
  });
});
