import { describe, expect, it } from 'vitest';
import {
  type Bound,
  cellOf,
  fitCell,
  isOfType,
  type Known,
  missingOptions,
  valueOf,
} from '../../../connectors/airtable/cells.ts';
import { acceptedTypes, fieldFor, mayOffer } from '../../../connectors/airtable/fields.ts';
import type { Cell, Column, ColumnType } from '../../../src/ports/ticket-store.ts';

const ANA = { id: 'usrANAAAAAAAAAAAA', name: null, email: 'Ana@Example.com' };
const BEN = { id: 'usrBENBBBBBBBBBBB', name: 'Ben', email: null };
const KNOWN: Known = { people: [ANA, BEN], canAddOptions: true };

const PERSON: ColumnType = {
  kind: 'person',
  agents: [
    { name: 'Ana', email: 'ana@example.com' },
    { name: 'Ben', email: null },
    { name: 'Cy', email: 'cy@example.com' },
  ],
};
const STATUS: ColumnType = { kind: 'choice', options: ['New', 'Open'], closed: true };
const TAGS: ColumnType = { kind: 'choices', options: ['vip'] };

function aColumn(type: ColumnType, edits: Column['edits'] = 'taken'): Column {
  return { name: 'field', title: 'Field', type, edits, description: '' };
}

function bound(type: ColumnType, fieldType: string, options: Bound['field']['options'] = null): Bound {
  return { column: aColumn(type), field: { id: 'fldAAAAAAAAAAAAAA', name: 'Field', type: fieldType, options } };
}

function choices(...names: string[]) {
  return { choices: names.map((name, index) => ({ id: `sel${index}`, name })) };
}

describe('cells and values', () => {
  it.each([
    ['a line', bound({ kind: 'line' }, 'singleLineText'), 'Payment', 'Payment'],
    ['no line', bound({ kind: 'line' }, 'singleLineText'), null, null],
    ['an empty line', bound({ kind: 'line' }, 'singleLineText'), '', null],
    ['a number', bound({ kind: 'number', decimals: 0 }, 'number'), 0, 0],
    ['a tick', bound({ kind: 'checkbox' }, 'checkbox'), true, true],
    ['no tick', bound({ kind: 'checkbox' }, 'checkbox'), null, false],
    ['a moment', bound({ kind: 'instant' }, 'dateTime'), '2026-11-20T14:30:00.000Z', '2026-11-20T14:30:00.000Z'],
    ['a choice', bound(STATUS, 'singleSelect'), 'Open', 'Open'],
    ['a list', bound(TAGS, 'multipleSelects'), ['vip', 'card', 'vip'], ['vip', 'card']],
    ['no list', bound(TAGS, 'multipleSelects'), null, []],
    ['a person by address', bound(PERSON, 'singleCollaborator'), 'Ana', { id: ANA.id }],
    ['a person by name', bound(PERSON, 'singleCollaborator'), 'Ben', { id: BEN.id }],
    ['nobody', bound(PERSON, 'singleCollaborator'), null, null],
    ['a person in a list of names', bound(PERSON, 'singleSelect'), 'Cy', 'Cy'],
  ] as [string, Bound, Cell, unknown][])('writes %s', (_, field, cell, value) => {
    expect(valueOf(field, cell, KNOWN)).toEqual(value);
  });

  it('writes people by their address where the base does not tell who they are', () => {
    const field = bound(PERSON, 'singleCollaborator');
    const blind = { ...KNOWN, people: null };
    expect(valueOf(field, 'Ana', blind)).toEqual({ email: 'ana@example.com' });
    expect(fitCell(field, 'Ben', blind)).toBeNull();
  });

  it.each([
    ['a line', bound({ kind: 'line' }, 'singleLineText'), 'Payment', 'Payment'],
    ['a cell that is left out', bound({ kind: 'line' }, 'singleLineText'), undefined, null],
    ['a tick', bound({ kind: 'checkbox' }, 'checkbox'), true, true],
    ['a list', bound(TAGS, 'multipleSelects'), ['vip'], ['vip']],
    [
      'an agent by address, whatever they are called there',
      bound(PERSON, 'singleCollaborator'),
      { id: ANA.id, email: 'ana@example.com', name: 'Ana Maria' },
      'Ana',
    ],
    ['an agent by what the base tells elsewhere', bound(PERSON, 'singleCollaborator'), { id: ANA.id }, 'Ana'],
    ['a stranger by name', bound(PERSON, 'singleCollaborator'), { id: 'usrX', name: 'Zoe' }, 'Zoe'],
    ['a stranger without a name', bound(PERSON, 'singleCollaborator'), { id: 'usrX' }, 'usrX'],
    ['an error as nothing', bound({ kind: 'number', decimals: 0 }, 'number'), { error: '#ERROR!' }, null],
    ['an error in a text as nothing', bound({ kind: 'line' }, 'singleLineText'), { specialValue: 'NaN' }, null],
  ] as [string, Bound, unknown, Cell][])('reads %s', (_, field, value, cell) => {
    expect(cellOf(field, value, KNOWN)).toEqual(cell);
  });

  it.each([
    ['a number in a text', bound({ kind: 'line' }, 'singleLineText'), 7],
    ['a list in a choice', bound(STATUS, 'singleSelect'), ['Open']],
    ['a text in a list', bound(TAGS, 'multipleSelects'), 'vip'],
    ['people in a list of one', bound(PERSON, 'singleCollaborator'), [{ id: 'usrX' }]],
    ['a text in a tick', bound({ kind: 'checkbox' }, 'checkbox'), 'yes'],
  ] as [string, Bound, unknown][])('sees by %s that a column was given another type', (_, field, value) => {
    expect(isOfType(field, value)).toBe(false);
    expect(isOfType(field, undefined)).toBe(true);
  });
});

describe('what a field will hold', () => {
  it('is nobody for an agent without access', () => {
    expect(fitCell(bound(PERSON, 'singleCollaborator'), 'Cy', KNOWN)).toBeNull();
    expect(fitCell(bound(PERSON, 'singleCollaborator'), 'Ana', KNOWN)).toBe('Ana');
  });

  it('is one line where there is room for one', () => {
    expect(fitCell(bound({ kind: 'line' }, 'singleLineText'), 'one \r\n two', KNOWN)).toBe('one two');
    expect(fitCell(bound({ kind: 'line' }, 'multilineText'), 'one\ntwo', KNOWN)).toBe('one\ntwo');
  });

  it('is a number with the decimals that the field has', () => {
    expect(fitCell(bound({ kind: 'number', decimals: 2 }, 'number', { precision: 1 }), 0.87, KNOWN)).toBe(0.9);
  });

  it('is all tags while they can be added, and else those that are there', () => {
    const tags = bound(TAGS, 'multipleSelects', choices('vip'));
    expect(fitCell(tags, ['vip', 'card'], KNOWN)).toEqual(['vip', 'card']);
    expect(fitCell(tags, ['vip', 'card'], { ...KNOWN, canAddOptions: false })).toEqual(['vip']);
  });
});

describe('options', () => {
  it('are missing where the field does not offer them', () => {
    expect(missingOptions(bound(TAGS, 'multipleSelects', choices('vip')), ['vip', 'card'])).toEqual(['card']);
    expect(missingOptions(bound(STATUS, 'singleSelect', choices('New')), 'Open')).toEqual(['Open']);
    expect(missingOptions(bound(STATUS, 'singleSelect', choices('New')), null)).toEqual([]);
    expect(missingOptions(bound(PERSON, 'singleCollaborator'), 'Ana')).toEqual([]);
  });

  it('may be added to tags, and to a closed choice only when config has them', () => {
    expect(mayOffer(aColumn(TAGS), 'card')).toBe(true);
    expect(mayOffer(aColumn(STATUS), 'Open')).toBe(true);
    expect(mayOffer(aColumn(STATUS), 'Opne')).toBe(false);
    expect(mayOffer(aColumn(PERSON), 'Cy')).toBe(true);
    expect(mayOffer(aColumn(PERSON), 'Zoe')).toBe(false);
  });
});

describe('the field of a column', () => {
  it.each([
    [{ kind: 'line' }, { type: 'singleLineText' }],
    [{ kind: 'text' }, { type: 'multilineText' }],
    [{ kind: 'email' }, { type: 'email' }],
    [
      { kind: 'number', decimals: 2 },
      { type: 'number', options: { precision: 2 } },
    ],
    [{ kind: 'checkbox' }, { type: 'checkbox', options: { icon: 'check', color: 'greenBright' } }],
    [STATUS, { type: 'singleSelect', options: { choices: [{ name: 'New' }, { name: 'Open' }] } }],
    [TAGS, { type: 'multipleSelects', options: { choices: [{ name: 'vip' }] } }],
    [PERSON, { type: 'singleCollaborator' }],
    [
      { kind: 'instant' },
      {
        type: 'dateTime',
        options: { timeZone: 'utc', dateFormat: { name: 'iso' }, timeFormat: { name: '24hour' } },
      },
    ],
  ] as [ColumnType, object][])('for %j', (type, field) => {
    expect(fieldFor(aColumn(type), true)).toEqual({ name: 'Field', description: '', ...field });
  });

  it('is a list of names where the base does not know every agent', () => {
    expect(fieldFor(aColumn(PERSON), false)).toMatchObject({
      type: 'singleSelect',
      options: { choices: [{ name: 'Ana' }, { name: 'Ben' }, { name: 'Cy' }] },
    });
  });

  it('takes formatted text only where nothing is ever put back', () => {
    expect(acceptedTypes(aColumn({ kind: 'text' }, 'left'))).toContain('richText');
    expect(acceptedTypes(aColumn({ kind: 'text' }, 'undone'))).not.toContain('richText');
  });

  it('takes nothing for a key that Airtable cannot find rows by', () => {
    expect(acceptedTypes({ ...aColumn({ kind: 'line' }), name: 'key' })).toEqual(['singleLineText', 'multilineText']);
  });
});
