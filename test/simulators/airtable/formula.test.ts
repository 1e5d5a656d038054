import { describe, expect, it } from 'vitest';
import { aSupportBase, type SupportBase } from '../../support/airtable/a-support-base.ts';

/** Three tickets: one of each state, the last with nothing but its name. */
function aFilledBase(): SupportBase {
  const desk = aSupportBase();
  const { people } = desk.airtable;
  people.type('Tickets', {
    Ticket: "Lea's",
    Status: 'Open',
    Tags: ['billing', 'bug'],
    Assignee: { email: 'lea@example.com' },
    Number: 10,
    Send: true,
    Day: '2026-11-20',
    Due: '2026-11-21T17:00:00Z',
  });
  people.type('Tickets', { Ticket: 'back\\slash', Status: 'New', Number: 0, Due: '2026-11-22T17:00:00Z' });
  people.type('Tickets', { Ticket: 'bare' });
  return desk;
}

async function filtered({ ask, base }: SupportBase, formula: string): Promise<unknown[]> {
  const answer = await ask(
    'GET',
    `/${base.id}/Tickets?filterByFormula=${encodeURIComponent(formula)}&sort[0][field]=Count`,
  );
  expect(answer).toMatchObject({ status: 200 });
  return answer.records.map(({ fields }) => fields['Ticket']);
}

const [LEAS, BACKSLASH, BARE] = ["Lea's", 'back\\slash', 'bare'];

describe('filtering by formula', () => {
  it.each([
    ["{Status}='Open'", [LEAS]],
    ['{Status} = "Open"', [LEAS]],
    ["Status != 'Open'", [BACKSLASH, BARE]],
    ["{Status}=''", [BARE]],
    ['{Status}=BLANK()', [BARE]],
    ['NOT({Status})', [BARE]],
    ["OR({Status}='Open',{Status}='New')", [LEAS, BACKSLASH]],
    ["and({Status}='Open',{Number}>5)", [LEAS]],
    ["{Tags}='billing, bug'", [LEAS]],
    ["FIND('bug',{Tags})", [LEAS]],
    ["{Assignee}='Lea'", [LEAS]],
    ['{Send}', [LEAS]],
    ['{Send}=TRUE()', [LEAS]],
    ['{Number}', [LEAS]],
    ['{Number}=0', [BACKSLASH, BARE]],
    ['{Number}>=10', [LEAS]],
    ['{Number} + 1 > 10', [LEAS]],
    ['-{Number} < -9', [LEAS]],
    ['2 * ({Number} - 5) = 10', [LEAS]],
    ["{Ticket}='Lea\\'s'", [LEAS]],
    ["{Ticket}='back\\\\slash'", [BACKSLASH]],
    ["LOWER({Ticket})='lea\\'s'", [LEAS]],
    ["{Shout}='BARE!'", [BARE]],
    ["{Ticket}&'!'='bare!'", [BARE]],
    ['LEN({Ticket})=4', [BARE]],
    ["IS_BEFORE({Due},DATETIME_PARSE('2026-11-22T00:00:00.000Z'))", [LEAS]],
    ["IS_AFTER({Due},'2026-11-22')", [BACKSLASH]],
    ["IS_SAME({Due},'2026-11-21','day')", [LEAS]],
    ["{Due}=DATETIME_PARSE('2026-11-21T17:00:00.000Z')", [LEAS]],
    ['{Due} > NOW()', [LEAS, BACKSLASH]],
    ["{Day}=DATETIME_PARSE('2026-11-20')", [LEAS]],
    ['IS_BEFORE(CREATED_TIME(),NOW())', []],
    ['IF({Number},{Send},{Ticket})', [LEAS, BACKSLASH, BARE]],
    ['', [LEAS, BACKSLASH, BARE]],
    ['1', [LEAS, BACKSLASH, BARE]],
    ['0', []],
    ['FALSE()', []],
  ] as const)('%s passes %j', async (formula, passing) => {
    expect(await filtered(aFilledBase(), formula)).toEqual(passing);
  });

  it.each([
    // A blank moment is an error, and so is everything around it, also where another side is true.
    ["IS_AFTER({Due},DATETIME_PARSE('2026-01-01'))", [LEAS, BACKSLASH]],
    ["OR(1,IS_AFTER({Due},DATETIME_PARSE('2026-01-01')))", [LEAS, BACKSLASH]],
    ["NOT(IS_AFTER({Due},DATETIME_PARSE('2030-01-01')))", [LEAS, BACKSLASH]],
    // IF keeps it away.
    ["OR(1,IF({Due},IS_AFTER({Due},DATETIME_PARSE('2026-01-01'))))", [LEAS, BACKSLASH, BARE]],
    ['{Ticket} > 1', []],
    ["DATETIME_PARSE('yesterday')", []],
    ['1 / 0', []],
    ['ERROR()', []],
  ] as const)('drops the rows in which %s is an error', async (formula, passing) => {
    expect(await filtered(aFilledBase(), formula)).toEqual(passing);
  });

  it.each([
    ["{Status}='Open", 'Invalid formula. Please check your formula text.'],
    ["{Status}='O'pen'", 'Invalid formula. Please check your formula text.'],
    ["{Ticket}='two\nlines'", 'Invalid formula. Please check your formula text.'],
    ["{Status}='Open'))", 'Invalid formula. Please check your formula text.'],
    ['AND(', 'Invalid formula. Please check your formula text.'],
    ['{Status}=', 'Invalid formula. Please check your formula text.'],
    ['{Stat}us}=1', 'Invalid formula. Please check your formula text.'],
    ['IS_AFTER({Due})', 'Invalid formula. Please check your formula text.'],
    ["LAST_MODIFIED_TIME('Status')", 'Invalid formula. Please check your formula text.'],
    ['{Colour}=1', 'Unknown field names: colour'],
    ['REGEX({Ticket})', 'Unknown function names: REGEX'],
  ])('refuses %s', async (formula, why) => {
    const { ask, base } = aFilledBase();
    const answer = await ask('GET', `/${base.id}/Tickets?filterByFormula=${encodeURIComponent(formula)}`);
    expect(answer).toMatchObject({
      status: 422,
      body: {
        error: {
          type: 'INVALID_FILTER_BY_FORMULA',
          message: `The formula for filtering records is invalid: ${why}`,
        },
      },
    });
  });

  it('knows fields by id, whatever they are called by now', async () => {
    const desk = aFilledBase();
    desk.airtable.designers.renameField('Tickets', 'Status', 'State');
    expect(await filtered(desk, `{${desk.table.fields['Status']}}='Open'`)).toEqual([LEAS]);
  });

  it('finds a hundred known records by their ids', async () => {
    const desk = aSupportBase();
    const ids = Array.from({ length: 120 }, () => desk.airtable.people.type('Tickets', {}));
    const formula = `OR(${ids
      .slice(0, 100)
      .map((id) => `RECORD_ID()='${id}'`)
      .join(',')})`;
    const body = { filterByFormula: formula, fields: [] };
    const { records } = await desk.ask('POST', `/${desk.base.id}/Tickets/listRecords`, body);
    expect(records.map(({ id }) => id).sort()).toEqual(ids.slice(0, 100).sort());
  });
});

describe('what was modified since', () => {
  const since = "DATETIME_PARSE('2026-11-21T09:30:00.000Z')";

  it('is known for each field by itself', async () => {
    const desk = aFilledBase();
    const [first, second] = desk.airtable.people.rows('Tickets').map(({ id }) => id);
    desk.clock.pass({ hours: 1 });
    desk.airtable.people.edit('Tickets', first ?? '', { Status: 'Closed' });
    desk.airtable.people.edit('Tickets', second ?? '', { Number: 5 });
    const { Status, Tags } = desk.table.fields;
    expect(await filtered(desk, `IS_AFTER(LAST_MODIFIED_TIME({${Status}},{${Tags}}),${since})`)).toEqual([LEAS]);
    expect(await filtered(desk, `IS_AFTER(LAST_MODIFIED_TIME(),${since})`)).toEqual([LEAS, BACKSLASH]);
  });

  it('is nothing where the same value was written again', async () => {
    const desk = aFilledBase();
    const [first] = desk.airtable.people.rows('Tickets');
    desk.clock.pass({ hours: 1 });
    desk.airtable.people.edit('Tickets', first?.id ?? '', { Status: 'Open' });
    expect(await filtered(desk, `IS_AFTER(LAST_MODIFIED_TIME(),${since})`)).toEqual([]);
  });

  it('is told in whole seconds', async () => {
    const desk = aFilledBase();
    const [first] = desk.airtable.people.rows('Tickets');
    desk.clock.pass({ seconds: 1.9 });
    desk.airtable.people.edit('Tickets', first?.id ?? '', { Status: 'Closed' });
    const at = (time: string) => filtered(desk, `IS_AFTER(LAST_MODIFIED_TIME({Status}),DATETIME_PARSE('${time}'))`);
    expect(await at('2026-11-21T09:00:00.999Z')).toEqual([LEAS]);
    expect(await at('2026-11-21T09:00:01.000Z')).toEqual([]);
  });

  it('is blank for a record that came filled and was never edited, unless making counts', async () => {
    const strict = aSupportBase();
    strict.airtable.people.submit('Tickets', { Ticket: 'from a form' });
    expect(await filtered(strict, 'LAST_MODIFIED_TIME({Ticket})')).toEqual([]);
    const mild = aSupportBase({ creationModifies: true });
    mild.airtable.people.submit('Tickets', { Ticket: 'from a form' });
    expect(await filtered(mild, 'LAST_MODIFIED_TIME({Ticket})')).toEqual(['from a form']);
  });
});
