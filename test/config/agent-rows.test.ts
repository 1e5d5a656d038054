import { describe, expect, it } from 'vitest';
import { type GoodRows, readAgentRows, rowFindingText } from '../../src/config/agent-rows.ts';
import { type StaffedConfig, staffConfig } from '../../src/config/staffed.ts';
import type { TableRow } from '../../src/ports/store-tables.ts';
import type { Cell } from '../../src/ports/ticket-store.ts';
import { ON_TABLES } from '../support/agents-table.ts';
import { at } from '../support/builders.ts';
import { aConfig, findingsOf } from '../support/config.ts';
import { aStandingConfig } from '../support/live-config.ts';

const PEOPLE = `
agentsTable: Agents
calendars: { office: { hours: { Mon-Fri: '09:00-17:00' } } }
queues:
  billing: { members: [Cy, Ana], skills: [refunds] }
agents:
  Cy: { cap: 3, skills: [refunds] }
`;

const LOADED = aConfig({ ...ON_TABLES, 'people.yaml': PEOPLE });

const ANA = { Name: ' Ana ', Skills: 'refunds, spanish', Calendar: 'office', Queues: ['billing'], Cap: 5, Away: false };

function aRow(values: Readonly<Record<string, Cell>>, id = 'rec1'): TableRow {
  return { id, values };
}

function read(rows: readonly TableRow[], good: GoodRows = {}) {
  const { staffing } = LOADED;
  if (staffing === null) throw new Error('the config names no table');
  return readAgentRows(staffing.table, rows, { known: staffing.known, good });
}

function linesOf(rows: readonly TableRow[]): readonly string[] {
  return read(rows).findings.map(rowFindingText);
}

describe('rows of the table of agents', () => {
  it('say what people.yaml would, and leave the rest at its defaults', () => {
    const { agents, findings } = read([aRow(ANA), aRow({ Name: 'Ben', Skills: null }, 'rec2')]);
    expect(findings).toEqual([]);
    expect(agents).toEqual([
      {
        name: 'Ana',
        agent: {
          handles: {},
          skills: ['refunds', 'spanish'],
          calendar: 'office',
          cap: 5,
          weight: 1,
          away: false,
          timeOff: [],
        },
        queues: ['billing'],
        hasSwitch: true,
      },
      {
        name: 'Ben',
        agent: { handles: {}, skills: [], weight: 1, away: false, timeOff: [] },
        queues: [],
        hasSwitch: false,
      },
    ]);
  });

  it('are left out without a word when nothing stands in them', () => {
    expect(read([aRow({ Name: null, Skills: [], Away: false, Email: ' ' })])).toMatchObject({
      agents: [],
      findings: [],
    });
  });

  it.each([
    ['has no name', { Name: '', Cap: 3 }, 'Agents, row rec1, Name: the row has no name; write who it is about.'],
    [
      'names no calendar',
      { Calendar: 'ofice' },
      'Calendar: "ofice" is not a calendar; did you mean "office"? Allowed: office.',
    ],
    [
      'names no queue',
      { Queues: ['biling'] },
      'Queues: "biling" is not a queue; did you mean "billing"? Allowed: billing.',
    ],
    ['has a cap that is none', { Cap: 'many' }, 'Cap: "many" is not a whole number; for example: 20.'],
    ['has half a number for a cap', { Cap: 2.5 }, 'Cap: 2.5 is not a whole number; for example: 20.'],
    ['has no mail address', { Email: 'ana' }, 'Email: "ana" is not a mail address; for example: lead@example.com.'],
    ['has a first day off and no last', { 'First day off': '2026-08-03' }, 'Last day off: is missing; add it.'],
    ['is away in words', { Away: 'gone' }, 'Away: "gone" is neither true nor false; for example: false.'],
  ])('are not taken when one %s', (_, values, line) => {
    const { agents } = read([aRow({ Name: 'Ana', ...values })]);
    expect(agents).toEqual([]);
    expect(linesOf([aRow({ Name: 'Ana', ...values })]).join('\n')).toContain(line);
  });

  it('are as they were while they have a mistake, but for the tick', () => {
    const { good } = read([aRow(ANA)]);
    const { agents, findings } = read([aRow({ ...ANA, Calendar: 'moon', Away: true })], good);
    expect(findings).toHaveLength(1);
    expect(agents).toMatchObject([{ name: 'Ana', agent: { calendar: 'office', away: true } }]);
  });

  it('count once of two with the same name, and say so', () => {
    const { agents, findings } = read([aRow(ANA), aRow({ ...ANA, Cap: 9 }, 'rec2')]);
    expect(agents).toMatchObject([{ agent: { cap: 5 } }]);
    expect(findings).toMatchObject([{ severity: 'error', message: '"Ana" is in another row already' }]);
  });

  it('are told of a skill that was probably meant otherwise, and of somebody who is in people.yaml, too', () => {
    expect(linesOf([aRow({ Name: 'Ana', Skills: ['refund', 'juggling'] }), aRow({ Name: 'Cy' }, 'rec2')])).toEqual([
      'Agents, row "Ana", Skills: nothing asks for the skill "refund"; did you mean "refunds"?',
      'Agents, row "Cy", Name: "Cy" is in people.yaml, too, where nothing of them counts but their queues and handles; take whatever else is said of them out of people.yaml.',
    ]);
  });

  it('hold days, also in a column with the time of day, in the time zone of the desk', () => {
    const days = { 'First day off': '2026-08-02T22:00:00.000Z', 'Last day off': '2026-08-04' };
    const { agents } = read([aRow({ Name: 'Ana', ...days })]);
    expect(agents).toMatchObject([{ agent: { timeOff: [{ firstDay: '2026-08-03', lastDay: '2026-08-04' }] } }]);
  });
});

describe('a config with a table of agents', () => {
  function aStaffed(rows: readonly TableRow[]) {
    const table = { rows };
    const kept = new Map<string, unknown>();
    const memory = {
      get: async (name: string) => kept.get(name) ?? null,
      set: async (name: string, value: unknown) => void kept.set(name, structuredClone(value)),
    };
    const open = (): StaffedConfig => staffConfig(aStandingConfig(LOADED), { rows: async () => table.rows, memory });
    return { table, open, config: open() };
  }

  it('has those of the file and those of the table, who are members of their queues', async () => {
    const { config } = aStaffed([
      aRow({ ...ANA, Away: true, 'First day off': '2026-08-03', 'Last day off': '2026-08-03' }),
    ]);
    expect(await config.catchUp()).toEqual(['Ana']);
    const { agents, queues } = config.current().policy;
    expect(agents.map(({ name, switchedIn, away }) => [name, switchedIn, away])).toEqual([
      ['Cy', 'console', false],
      ['Ana', 'base', true],
    ]);
    expect(agents[1]?.timeOff[0]?.from).toEqual(at('2026-08-02T22:00:00Z'));
    expect(queues['billing']?.members).toEqual(['Cy', 'Ana']);
  });

  it('takes who is in both as the table has them', async () => {
    const { config } = aStaffed([aRow({ Name: 'Cy', Cap: 9 })]);
    expect(await config.catchUp()).toEqual(['Cy']);
    expect(config.current().policy.agents).toMatchObject([{ name: 'Cy', cap: 9, skills: [], switchedIn: 'console' }]);
  });

  it('is the same policy while the rows say the same', async () => {
    const { config, table } = aStaffed([aRow(ANA)]);
    await config.catchUp();
    const { policy } = config.current();
    table.rows = [aRow({ ...ANA, Skills: ['refunds', 'spanish'] })];
    expect(await config.catchUp()).toEqual([]);
    expect(config.current().policy).toBe(policy);
    table.rows = [aRow({ ...ANA, Cap: 6 })];
    expect(await config.catchUp()).toEqual(['Ana']);
    expect(config.current().policy).not.toBe(policy);
  });

  it('remembers over a restart what a row said without a mistake', async () => {
    const { config, table, open } = aStaffed([aRow(ANA)]);
    await config.catchUp();
    table.rows = [aRow({ ...ANA, Cap: 'many' })];
    const again = open();
    await again.catchUp();
    expect(again.current().policy.agents).toMatchObject([{ name: 'Cy' }, { name: 'Ana', cap: 5 }]);
    expect(again.rowFindings()).toHaveLength(1);
  });

  it('says of names in the files that are in no table either, once that is read', async () => {
    const { config } = aStaffed([aRow({ Name: 'Anna' })]);
    expect(LOADED.warnings).toEqual([]);
    await config.catchUp();
    expect(config.current().warnings.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', '"Ana" is not an agent'],
    ]);
  });

  it('is refused on a base that has no tables', () => {
    expect(findingsOf({ 'people.yaml': 'agentsTable: Agents\n' })).toEqual([
      'error config/people.yaml:1:14 agentsTable: the store "embedded" has no tables beside that of the tickets; write the agents into people.yaml, or keep tickets in a base such as Airtable or Notion.',
    ]);
  });

  it('wants its own columns to be there, and of the usual ones the name', () => {
    const { tables } = aConfig({
      ...ON_TABLES,
      'people.yaml': 'agentsTable: { table: Team, columns: { cap: Most } }\n',
    });
    const needed = tables.flatMap(({ columns }) => columns.filter(({ isNeeded }) => isNeeded));
    expect(needed.map(({ title }) => title)).toEqual(['Name', 'Most']);
  });
});
