import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CALLING, SCOPES } from '../../connectors/airtable/ask-token.ts';
import { budgetOf } from '../../connectors/airtable/plan.ts';
import { viewRecipes } from '../../connectors/airtable/views.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { isOpenAt } from '../../src/decide/sla/calendar.ts';
import { paceOf } from '../../src/sync/pace.ts';
import { at } from '../support/builders.ts';
import { aCalendar } from '../support/calendars.ts';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/airtable.md'), 'utf8');
const README = readFileSync(join(import.meta.dirname, '../../connectors/airtable/README.md'), 'utf8');
const PLANS = ['free', 'team', 'business'] as const;
const OFFICE = aCalendar('UTC', 'Mon-Fri 08:00-18:00');
const COLUMNS = deskColumns(aConfig({}).policy);

describe('docs/airtable.md', () => {
  it('has every recipe for a view that `connect` prints', () => {
    const recipes = viewRecipes(COLUMNS, (name) => titleOf(name));
    expect(recipes).toHaveLength(7);
    expect(
      recipes.filter(({ name, kind, steps }) => !rowOf(name).includes(`| ${kind} `) || !hasAll(name, steps)),
    ).toEqual([]);
  });

  it('asks for the scopes that `connect` asks for', () => {
    for (const { scope, why } of [...SCOPES, CALLING]) expect(rowOf(`\`${scope}\``)).toContain(why);
  });

  it('speaks of columns that there are', () => {
    const [, section = ''] = /## What people do in the base\n([^]*?)\n## /.exec(PAGE) ?? [];
    const named = [...section.matchAll(/^\| ([^|]*`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, title = '']) => title),
    );
    const titles = COLUMNS.map(({ title }) => title);
    expect(named).toContain('Needs review');
    expect(named.filter((title) => !titles.includes(title))).toEqual([]);
  });

  it('says how often each plan asks for changes, as its connector does', () => {
    const told = PLANS.map((plan) => looksOf(plan, { hasNews: false }));
    expect(told).toEqual(['every hour', 'every 23 s, 3 min', 'every 10 s, 1 min']);
    expect(cellsOf(README, 'looks for edits: in hours, else')).toEqual(told);
    expect(cellsOf(PAGE, 'an edit is seen within')).toEqual([
      'an hour',
      '23 s in hours, 3 min otherwise',
      '10 s in hours, 1 min otherwise',
    ]);
  });

  it('says how often it asks where Airtable calls', () => {
    expect((['team', 'business'] as const).map((plan) => looksOf(plan, { hasNews: true }))).toEqual([
      'every 15 min',
      'every 15 min',
    ]);
    const { inHours, otherwise } = aMonthOf('free');
    expect([Math.min(...inHours), Math.max(...inHours)].map(toTens)).toEqual([40, 80]);
    expect(new Set(otherwise.map((minutes) => Math.round(minutes / 60)))).toEqual(new Set([5]));
    const told = ['every 40 to 80 min, 5 h', 'every 15 min', 'every 15 min'];
    expect(cellsOf(README, 'the same, when Airtable calls')).toEqual(told);
    expect(PAGE).toContain('every 40 to 80 minutes in hours and every five hours otherwise');
    expect(PAGE).toContain('every 15 minutes on Team and above');
  });

  it('names filters by options that there are', () => {
    const { type } = COLUMNS.find(({ name }) => name === 'slaState') ?? {};
    const options = type?.kind === 'choice' ? type.options : [];
    expect(options).toEqual(expect.arrayContaining(['Warning', 'Breached']));
  });
});

/** The beginning of a month, in hours and not, for a desk that is open ten hours a day and has work. */
function looksOf(plan: (typeof PLANS)[number], { hasNews }: { hasNews: boolean }): string {
  const [inHours, otherwise] = ['2026-11-02T08:00:00Z', '2026-11-01T00:00:00Z'].map((now) =>
    inWords(paceOf({ ...aPulse(plan), hasNews, now: at(now) }).seconds),
  );
  return inHours === otherwise ? `every ${inHours}` : `every ${inHours}, ${otherwise}`;
}

/** Minutes between the looks of a month in which Airtable calls and nobody edits. */
function aMonthOf(plan: (typeof PLANS)[number]): { inHours: number[]; otherwise: number[] } {
  const looks: { inHours: number[]; otherwise: number[] } = { inHours: [], otherwise: [] };
  let asked = 0;
  for (
    let now = at('2026-11-01T00:00:00Z');
    Temporal.Instant.compare(now, at('2026-12-01T00:00:00Z')) < 0;
    asked += 1
  ) {
    const { seconds } = paceOf({ ...aPulse(plan), hasNews: true, now, spent: asked, asked });
    looks[isOpenAt(OFFICE, now) ? 'inHours' : 'otherwise'].push(seconds / 60);
    now = now.add({ seconds: Math.round(seconds) });
  }
  return looks;
}

function aPulse(plan: (typeof PLANS)[number]) {
  return { ...budgetOf({ plan }), hasOpenTickets: true, calendars: { office: OFFICE }, spent: 0, asked: 0 };
}

function inWords(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return seconds === 3600 ? 'hour' : `${Math.round(seconds / 60)} min`;
}

function toTens(minutes: number): number {
  return Math.round(minutes / 10) * 10;
}

function cellsOf(page: string, first: string): string[] {
  const line = page.split('\n').find((each) => each.startsWith(`| ${first} `)) ?? '';
  return line
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

function titleOf(name: string): string {
  const column = COLUMNS.find((each) => each.name === name);
  if (column === undefined) throw new Error(`A recipe speaks of the column ${name}, which is not there.`);
  return column.title;
}

/** The line of a table that begins with these words. */
function rowOf(first: string): string {
  return PAGE.split('\n').find((line) => line.startsWith(`| ${first} `)) ?? '';
}

function hasAll(name: string, steps: readonly string[]): boolean {
  return steps.every((step) => rowOf(name).includes(step));
}
