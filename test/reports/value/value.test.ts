import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { figuresOf } from '../../../src/reports/figures/catalogue.ts';
import { measure } from '../../../src/reports/figures/measure.ts';
import { spanBetween } from '../../../src/reports/span.ts';
import { forgetBaseline, keepBaseline, readImported } from '../../../src/reports/value/keep-baseline.ts';
import { valueJson, valueMarkdown } from '../../../src/reports/value/markdown.ts';
import type { OldTicket } from '../../../src/reports/value/old-tickets.ts';
import { readValue, type Value } from '../../../src/reports/value/value.ts';
import { betterWords, totalWords } from '../../../src/reports/value/words.ts';
import { at } from '../../support/builders.ts';
import { aConfig } from '../../support/config.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../../support/database.ts';
import { aHistory, anOutcome, HISTORY_NOW, type OutcomeRow, writeHistory } from '../../support/histories.ts';

const SPAN = spanBetween('2026-10-19', '2026-11-15', 'Europe/Berlin') ?? fail();
const NOW = at('2026-11-20T10:00:00Z');
const SILENT = aConfig({}).reports.value;

/** So many old tickets, a day apart, answered after so many minutes and given to so many people. */
function oldTickets(count: number, given: { minutes(index: number): number; people: number; category?: string }) {
  return Array.from({ length: count }, (_, index): OldTicket => {
    const openedAt = at('2026-03-02T09:00:00Z').add({ hours: 24 * (index % 80) });
    const firstRespondedAt = openedAt.add({ minutes: given.minutes(index) });
    const resolvedAt = openedAt.add({ minutes: given.minutes(index) * 4 });
    const rest = { firstReplyKept: index % 4 !== 0, category: given.category ?? 'billing', triageMinutes: 5 };
    return { openedAt, firstRespondedAt, resolvedAt, assignmentCount: given.people, ...rest };
  });
}

/** So many tickets of ours within the span, alike. */
function ours(count: number, given: { minutes: number; people: number } & Partial<OutcomeRow>): readonly OutcomeRow[] {
  const { minutes, people, ...rest } = given;
  return Array.from({ length: count }, (_, index) => {
    const openedAt = at('2026-10-20T09:00:00Z').add({ minutes: index });
    const firstRespondedAt = openedAt.add({ minutes });
    return anOutcome({
      number: 2000 + index,
      openedAt,
      firstRespondedAt,
      resolvedAt: openedAt.add({ minutes: minutes * 4 }),
      firstReplySettledAt: firstRespondedAt,
      firstReplyKept: true,
      assignmentCount: people,
      assignee: 'Ana',
      ...rest,
    });
  });
}

describe.each(ENGINES)('what the desk is worth, on %s', (engine) => {
  const world = {} as { database: TestDatabase };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
  });
  beforeEach(() => world.database.empty());
  afterAll(() => world.database.drop());
  const queries = () => world.database.connection.queries;
  const value = (settings = SILENT): Promise<Value> => readValue(queries(), { span: SPAN, now: NOW, settings });
  const imported = (tickets: readonly OldTicket[]) =>
    keepBaseline(queries(), tickets, { source: 'Old desk', now: NOW });
  const sides = ({ comparisons }: Value) =>
    comparisons.map(({ figure, before, now }) => [figure.id, before?.value ?? null, now?.value ?? null]);

  it('compares imported tickets with ours by the same figures', async () => {
    await imported(oldTickets(100, { minutes: () => 240, people: 2 }));
    await writeHistory(world.database.connection, ours(80, { minutes: 60, people: 1 }));
    const found = await value();
    expect(sides(found)).toEqual([
      ['first_reply_median', 240, 60],
      ['first_reply_kept', 0.75, 1],
      ['resolution_median', 960, 240],
      ['reassignments', 1, 0],
    ]);
    expect(found.savings.map(({ id, minutes }) => [id, minutes])).toEqual([
      ['triage', 400],
      ['corrections', 0],
      ['reassignments', 480],
      ['meetings', 0],
    ]);
    expect(found.triageFrom).toBe('imported');
    expect(totalWords(found)).toBe('15 h of people’s time.');
  });

  it('has of ours what every other report has, on a generated history', async () => {
    await writeHistory(world.database.connection, aHistory({ seed: 3, count: 150, days: 40 }));
    const figures = figuresOf('first_reply_median', 'first_reply_kept', 'resolution_median', 'reassignments');
    const measured = (await measure(queries(), { figures, span: SPAN, now: HISTORY_NOW })).get('') ?? {};
    const { comparisons } = await readValue(queries(), { span: SPAN, now: HISTORY_NOW, settings: SILENT });
    for (const { figure, now } of comparisons) {
      expect([figure.id, now?.value, now?.tickets]).toEqual([
        figure.id,
        measured[figure.id]?.value,
        measured[figure.id]?.tickets,
      ]);
      expect(now?.low).toBeLessThanOrEqual(now?.value ?? 0);
      expect(now?.high).toBeGreaterThanOrEqual(now?.value ?? 0);
    }
  });

  it('takes a figure that the team gives before what was imported', async () => {
    await imported(oldTickets(60, { minutes: () => 240, people: 2 }));
    await writeHistory(world.database.connection, ours(60, { minutes: 60, people: 1 }));
    const { value: settings } = aConfig({
      'reports.yaml':
        'value: { baseline: { source: By hand, firstReply: 5h, missed: 30% }, assumptions: { triage: 3m } }\n',
    }).reports;
    const found = await value(settings);
    expect(sides(found)).toEqual([
      ['first_reply_median', 300, 60],
      ['first_reply_kept', 0.7, 1],
      ['resolution_median', 960, 240],
      ['reassignments', 1, 0],
    ]);
    expect(found.comparisons[0]?.doubts).toEqual([
      'The figure before is taken as it was given; how exact it is, nobody says.',
    ]);
    expect(found.baseline.sources.map(({ by, source }) => [by, source])).toEqual([
      ['given', 'By hand'],
      ['imported', 'Old desk'],
    ]);
    expect([found.assumed.triageMinutes, found.triageFrom]).toEqual([3, 'given']);
  });

  it('says by how much, and between what that lies', async () => {
    await imported(oldTickets(100, { minutes: (index) => 100 + index, people: 2 }));
    await writeHistory(world.database.connection, ours(64, { minutes: 60, people: 1 }));
    const [reply] = (await value()).comparisons;
    expect(reply?.better).toEqual({ value: 89.5, low: 79, high: 100 });
    expect(reply === undefined || reply.better === null ? '' : betterWords(reply.figure, reply.better)).toBe(
      '1 h 30 min sooner (1 h 19 min to 1 h 40 min)',
    );
  });

  it('doubts what rests on few tickets, or may be chance', async () => {
    await imported(oldTickets(12, { minutes: (index) => 10 + 20 * index, people: 2 }));
    await writeHistory(world.database.connection, ours(20, { minutes: 110, people: 1 }));
    const [reply] = (await value()).comparisons;
    expect(reply?.doubts).toEqual(['Few tickets: 12 before, 20 now.', 'Chance alone could make this difference.']);
  });

  it('doubts a comparison with other kinds of tickets, and with those of long ago', async () => {
    const old = oldTickets(60, { minutes: () => 240, people: 2, category: 'hardware' });
    await imported(old.map((ticket) => ({ ...ticket, openedAt: ticket.openedAt.subtract({ hours: 24 * 365 }) })));
    await writeHistory(world.database.connection, ours(60, { minutes: 60, people: 1 }));
    expect((await value()).doubts).toEqual([
      'Another mix: 100 % of the tickets are in other categories than before. What was faster may only have been easier.',
      'The time before ended more than a year ago: much else may have changed since.',
    ]);
  });

  it('doubts nothing of the mix of a time without tickets', async () => {
    await imported(oldTickets(60, { minutes: () => 240, people: 2, category: 'hardware' }));
    expect((await value()).doubts).toEqual([]);
  });

  it('says that nothing can be compared while nobody knows how it was', async () => {
    await writeHistory(world.database.connection, ours(30, { minutes: 60, people: 1 }));
    const found = await value();
    expect(found.doubts).toEqual(['Nobody knows how it was before, so only triage and meetings are worked out.']);
    expect(found.savings[0]).toMatchObject({ minutes: 120, formula: '30 tickets placed by rules and models × 4 min' });
    expect(found.savings[2]?.minutes).toBeNull();
    expect(found.triageFrom).toBe('usual');
  });

  it('takes what was imported last, and forgets it', async () => {
    await imported(oldTickets(20, { minutes: () => 30, people: 1 }));
    await imported(oldTickets(7, { minutes: () => 30, people: 1 }));
    expect(await readImported(queries())).toEqual({
      source: 'Old desk',
      importedAt: NOW,
      tickets: 7,
      from: at('2026-03-02T09:00:00Z'),
      until: at('2026-03-08T09:00:00Z'),
    });
    expect(await forgetBaseline(queries())).toBe(true);
    expect(await readImported(queries())).toBeNull();
    expect(await forgetBaseline(queries())).toBe(false);
  });

  it('is told in Markdown and as JSON, with every assumption', async () => {
    await imported(oldTickets(100, { minutes: () => 240, people: 2 }));
    await writeHistory(world.database.connection, ours(80, { minutes: 60, people: 1 }));
    const config = aConfig({ 'reports.yaml': 'value: { assumptions: { hour: 30, running: 20 } }\n' });
    const text = await valueMarkdown(queries(), { config, span: SPAN, now: NOW });
    expect(text).toContain('| First answer, median | 4 h, 100 tickets | 1 h, 80 tickets | 3 h sooner (3 h to 3 h) |');
    expect(text).toContain(
      '| Triage that nobody has to do | 80 tickets placed by rules and models × 5 min | 6 h 40 min |',
    );
    expect(text).toContain('| An hour of a person | EUR 30 |');
    expect(text).toContain('- **Imported**: 100 tickets from 2 Mar 2026 to 20 May 2026, Old desk');
    const data = await valueJson(queries(), { config, span: SPAN, now: NOW });
    expect(data).toMatchObject({
      from: '2026-10-19',
      until: '2026-11-15',
      total: { minutes: 880 },
      money: { currency: 'EUR', saved: 440 },
      assumptions: { triageMinutes: 5, triageFrom: 'imported', hourCost: 30 },
      shadow: [],
    });
  });
});

function fail(): never {
  throw new Error('This is no stretch of days.');
}
