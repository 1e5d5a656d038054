import { describe, expect, it } from 'vitest';
import { readMigrations } from '../../src/db/migrate.ts';

/** Migrations up to this one were made before there was a version that could meet them. */
const BEFORE_ANY_RELEASE = '0046-instances.sql';

/** A comment that says since which version nothing needs any more what is taken away. */
const CONTRACT = /^-- Contract: unused since \d+\.\d+\.\d+\.$/m;

/** What a process of the version before may not survive: what it writes or reads is gone, or refused. */
const TAKES_AWAY = [
  /\bdrop\s+(?:table|column|view)\b/i,
  /\brename\s+(?:to|column)\b/i,
  /\balter\s+column\s+\w+\s+(?:set\s+not\s+null|(?:set\s+data\s+)?type)\b/i,
  /\badd\s+column\s+(?:if\s+not\s+exists\s+)?\w+\s+(?:(?!default)[^,;])*\bnot\s+null\b(?![^,;]*\bdefault\b)/i,
  /\badd\s+constraint\b/i,
];

function takesAway(text: string): boolean {
  const statements = text.replace(/--.*$/gm, '');
  return !CONTRACT.test(text) && TAKES_AWAY.some((each) => each.test(statements));
}

describe('a migration, while processes of the version before go on', () => {
  it.each([
    'alter table tickets drop column queue;',
    'drop table marks;',
    'alter table tickets rename column queue to line;',
    'alter table tickets rename to requests;',
    'alter table tickets alter column queue set not null;',
    'alter table tickets alter column number type text;',
    'alter table tickets add column colour text not null;',
    "alter table outbox add constraint outbox_kind_check check (kind in ('message'));",
  ])('may not take away: %s', (statement) => {
    expect(takesAway(statement)).toBe(true);
    expect(takesAway(`-- Contract: unused since 1.2.0.\n${statement}`)).toBe(false);
  });

  it.each([
    'create table colours (name text primary key, hue integer not null);',
    'alter table tickets add column colour text;',
    "alter table tickets add column colour text not null default 'red';",
    'create index tickets_colour on tickets (colour);',
    '-- drop table marks;\nselect 1;',
  ])('may add: %s', (statement) => {
    expect(takesAway(statement)).toBe(false);
  });

  it('takes nothing away that the version before needs', () => {
    const later = readMigrations().filter(({ name }) => name > BEFORE_ANY_RELEASE);
    expect(later.filter(({ text }) => takesAway(text)).map(({ name }) => name)).toEqual([]);
  });
});
