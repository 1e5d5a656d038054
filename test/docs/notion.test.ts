import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBase } from '../../connectors/notion/base.ts';
import { createComments } from '../../connectors/notion/comments.ts';
import { CAPABILITIES } from '../../connectors/notion/connect/ask-token.ts';
import { viewRecipes } from '../../connectors/notion/connect/views.ts';
import { createPace } from '../../connectors/notion/pace.ts';
import { budgetOf } from '../../connectors/notion/plan.ts';
import { NotionSettings } from '../../connectors/notion/settings.ts';
import { teamViews } from '../../src/kit/store/team-views.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { paceOf } from '../../src/sync/pace.ts';
import { at } from '../support/builders.ts';
import { aCalendar } from '../support/calendars.ts';
import { aConfig } from '../support/config.ts';
import { aClock, aRoad } from '../support/jumping-clock.ts';
import { aStoreGiven } from '../support/store-given.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/notion.md'), 'utf8');
const PLANS = ['free', 'plus', 'business'] as const;
const COLUMNS = deskColumns(aConfig({}).policy);

/** Requests that a whole life takes, as the page has it. */
const LIFE = 3.1;

describe('docs/notion.md', () => {
  it('has every recipe for a view, as `connect` prints it', () => {
    const recipes = viewRecipes(teamViews(COLUMNS), titleOf);
    expect(recipes).toHaveLength(7);
    expect(
      recipes.filter(
        ({ name, kind, steps }) =>
          !rowOf(name).includes(`| ${kind} `) || !steps.every((step) => rowOf(name).includes(step)),
      ),
    ).toEqual([]);
  });

  it('asks for the capabilities that `connect` asks for', () => {
    for (const { capability, why } of CAPABILITIES) expect(rowOf(`\`${capability}\``)).toContain(why);
  });

  it('speaks of properties that there are', () => {
    const [, section = ''] = /## What people do in the database\n([^]*?)\n## /.exec(PAGE) ?? [];
    const named = [...section.matchAll(/^\| ([^|]*`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, title = '']) => title),
    );
    const titles = COLUMNS.map(({ title }) => title);
    expect(named).toContain('Needs review');
    expect(named.filter((title) => !titles.includes(title))).toEqual([]);
  });

  it('says of each plan what its connector asks and bears', async () => {
    const budgets = PLANS.map((plan) => budgetOf({ plan }));
    expect(cellsOf('requests a minute').map(Number)).toEqual(budgets.map(({ requestsPerMinute }) => requestsPerMinute));
    expect(cellsOf('spent on asking, a minute').map(Number)).toEqual(
      budgets.map(({ pollSeconds }) => 60 / pollSeconds.busy),
    );
    expect(cellsOf('an edit is seen within')).toEqual(
      budgets.map(({ pollSeconds: { busy, quiet } }) => `${busy} s in hours, ${quiet} s`),
    );
    expect(cellsOf('new tickets a minute, at most').map(Number)).toEqual(
      await Promise.all(budgets.map(({ requestsPerMinute }) => startsInAMinute(requestsPerMinute))),
    );
    expect(cellsOf('whole lives of tickets a minute, for hours')).toEqual(
      budgets.map(({ requestsPerMinute }) => `about ${Math.floor((requestsPerMinute - 2) / LIFE / 5) * 5}`),
    );
  });
});

it('docs/notion.md says how often the database is asked where Notion calls', () => {
  const calendars = { office: aCalendar('UTC', 'Mon-Fri 08:00-18:00') };
  const pulse = { ...budgetOf({ plan: 'plus' }), requestsPerMonth: null, hasOpenTickets: true, calendars };
  const now = at('2026-11-02T08:00:00Z');
  expect(paceOf({ ...pulse, spent: 0, asked: 0, hasNews: true, now }).seconds).toBe(60);
  expect(PAGE).toContain('**It is asked all the same,** every minute');
});

it('docs/notion.md says how soon a comment is seen, and what that takes', () => {
  const plans = (['plus', 'business'] as const).map(looksOf);
  expect(cellsOf('requests that it takes, a minute, at most').map(Number)).toEqual(plans);
  for (const open of [100, 500]) {
    // Two turns a minute, and a little more until its turn has come.
    const minutes = plans.map((looks) => Math.ceil(Math.ceil(open / (looks / 2)) / 2 + 0.1));
    expect(cellsOf(`else, with ${open} open tickets`)).toEqual(minutes.map((count) => `in ${count} min`));
  }
});

/** Looks at comments in a minute, on that plan. */
function looksOf(plan: (typeof PLANS)[number]): number {
  const settings = NotionSettings.parse({ dataSource: '1f0e1d2c-3b4a-4958-8776-655443322110', plan });
  const given = { environment: {}, columns: () => COLUMNS, kept: new Map(), clock: aClock(), road: aRoad() };
  return createComments(openBase(settings, aStoreGiven(given))).looksPerMinute;
}

/** How many pages may be made before one has to wait. */
async function startsInAMinute(requestsPerMinute: number): Promise<number> {
  const waited = { times: 0, at: at('2026-11-21T09:00:00Z') };
  const pause = (milliseconds: number) => {
    waited.times += 1;
    return Promise.resolve(void (waited.at = waited.at.add({ milliseconds })));
  };
  const pace = createPace({ now: () => waited.at, pause }, requestsPerMinute);
  let starts = 0;
  for (; waited.times === 0; starts += 1) {
    await pace.ended('bulk', await pace.turn('bulk'));
  }
  return starts - 1;
}

function cellsOf(first: string): string[] {
  return rowOf(first)
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
