import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../connectors/airtable/ask-token.ts';
import { viewRecipes } from '../../connectors/airtable/views.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/airtable.md'), 'utf8');
const COLUMNS = deskColumns(aConfig({}).policy);

describe('docs/airtable.md', () => {
  it('has every recipe for a view that `connect` prints', () => {
    const recipes = viewRecipes((name) => titleOf(name));
    expect(recipes).toHaveLength(7);
    expect(
      recipes.filter(({ name, kind, steps }) => !rowOf(name).includes(`| ${kind} `) || !hasAll(name, steps)),
    ).toEqual([]);
  });

  it('asks for the scopes that `connect` asks for', () => {
    for (const { scope, why } of SCOPES) expect(rowOf(`\`${scope}\``)).toContain(why);
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

  it('names filters by options that there are', () => {
    const { type } = COLUMNS.find(({ name }) => name === 'slaState') ?? {};
    const options = type?.kind === 'choice' ? type.options : [];
    expect(options).toEqual(expect.arrayContaining(['Warning', 'Breached']));
  });
});

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
