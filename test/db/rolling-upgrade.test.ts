import { describe, expect, it } from 'vitest';
import { readMigrations } from '../../src/db/migrate.ts';

/** Migrations up to this one were made before there was a version that could meet them. */
const BEFORE_ANY_RELEASE = '0046-instances.sql';

/** A comment that says since which version nothing needs any more what is taken away. */
const CONTRACT = /^-- Contract: unused since \d+\.\d+\.\d+\.$/m;

/** What a process of the version before may not survive: what it writes or reads is gone, or refused. */
const TAKES_AWAY = [
  // Of a table or by itself: a column, a table, a view, a constraint's index. What only holds others back may go.
  /\bdrop\s+(?!constraint\b|default\b|not\s+null\b)/i,
  /\bdrop\s+default\b/i,
  /\brename\b/i,
  /\bset\s+not\s+null\b/i,
  /\balter\s+(?:column\s+)?\w+\s+(?:set\s+data\s+)?type\b/i,
  /\badd\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(?!constraint\b|check\b)\w+\s+(?![^;]*\bdefault\b)[^;]*\bnot\s+null\b/i,
  /\badd\s+(?:constraint|check|primary\s+key|unique|foreign\s+key|exclude)\b/i,
  /\bcreate\s+unique\s+index\b/i,
  /\bcreate\s+or\s+replace\b/i,
  /\b(?:delete\s+from|truncate)\b/i,
];

function takesAway(text: string): boolean {
  const statements = text.replace(/--.*$/gm, '');
  return !CONTRACT.test(text) && TAKES_AWAY.some((each) => each.test(statements));
}

describe('a migration, while processes of the version before go on', () => {
  it.each([
    'alter table tickets drop column queue;',
    'alter table tickets drop if exists queue;',
    'alter table tickets drop queue;',
    'alter table tickets alter queue set not null;',
    'alter table tickets alter column queue drop default;',
    'alter table tickets add colour text not null;',
    'alter table tickets add check (number > 0);',
    'alter table tickets add primary key (number);',
    'create unique index one_queue on tickets (queue);',
    'drop index tickets_queue;',
    'drop view bi.tickets;',
    'drop schema bi cascade;',
    'create or replace view bi.tickets as select 1;',
    'delete from tickets;',
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
    'alter table tickets alter column queue drop not null;',
    'alter table tickets drop constraint tickets_check;',
    'create view bi.colours as select name from colours;',
    '-- drop table marks;\nselect 1;',
  ])('may add: %s', (statement) => {
    expect(takesAway(statement)).toBe(false);
  });

  it('takes nothing away that the version before needs', () => {
    const later = readMigrations().filter(({ name }) => name > BEFORE_ANY_RELEASE);
    expect(later.filter(({ text }) => takesAway(text)).map(({ name }) => name)).toEqual([]);
  });
});
