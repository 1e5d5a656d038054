import { describe, expect, it } from 'vitest';
import {
  type Bound,
  cellOf,
  fitCell,
  isOfType,
  type Known,
  missingOptions,
  valueOf,
} from '../../../connectors/notion/cells.ts';
import { acceptedTypes, mayOffer, propertyFor } from '../../../connectors/notion/properties.ts';
import { piecesOf } from '../../../connectors/notion/texts.ts';
import type { Cell, Column, ColumnType } from '../../../src/ports/ticket-store.ts';
import { fc } from '../../support/properties.ts';

const ANA = { id: '0a0a0a0a-0000-4000-8000-00000000000a', name: 'Ana Maria', email: 'Ana@Example.com' };
const BEN = { id: '0b0b0b0b-0000-4000-8000-00000000000b', name: 'Ben', email: null };
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

function aColumn(type: ColumnType, named: Partial<Column> = {}): Column {
  return { name: 'field', title: 'Field', type, edits: 'taken', description: 'What it is.', ...named };
}

function bound(type: ColumnType, propertyType: string, ...options: string[]): Bound {
  const told = options.map((name, index) => ({ id: `o${index}`, name }));
  const property = { id: 'abcd', name: 'Field', type: propertyType, description: null, options: told, groups: [] };
  return { column: aColumn(type), field: property };
}

function told(type: string, held: unknown) {
  return { id: 'abcd', type, [type]: held };
}

function pieces(...texts: string[]) {
  return texts.map((content) => ({ text: { content } }));
}

function plain(...texts: string[]) {
  return texts.map((text) => ({ plain_text: text }));
}

describe('cells and values of Notion', () => {
  it.each([
    ['a line', bound({ kind: 'line' }, 'rich_text'), 'Payment', { rich_text: pieces('Payment') }],
    ['a title', bound({ kind: 'line' }, 'title'), 'Payment', { title: pieces('Payment') }],
    ['no line', bound({ kind: 'line' }, 'rich_text'), null, { rich_text: [] }],
    ['no address', bound({ kind: 'email' }, 'email'), null, { email: null }],
    ['a number', bound({ kind: 'number', decimals: 0 }, 'number'), 0, { number: 0 }],
    ['a tick', bound({ kind: 'checkbox' }, 'checkbox'), true, { checkbox: true }],
    ['no tick', bound({ kind: 'checkbox' }, 'checkbox'), null, { checkbox: false }],
    ['no moment', bound({ kind: 'instant' }, 'date'), null, { date: null }],
    ['a choice by its id', bound(STATUS, 'status', 'New', 'Open'), 'Open', { status: { id: 'o1' } }],
    ['no choice', bound(STATUS, 'select', 'New'), null, { select: null }],
    [
      'a list by ids',
      bound(TAGS, 'multi_select', 'vip', 'card'),
      ['card', 'vip'],
      { multi_select: [{ id: 'o1' }, { id: 'o0' }] },
    ],
    ['an option that is not there', bound(TAGS, 'multi_select', 'vip'), ['card'], { multi_select: [] }],
    ['a person by address', bound(PERSON, 'people'), 'Ana', { people: [{ id: ANA.id }] }],
    ['a person by name', bound(PERSON, 'people'), 'Ben', { people: [{ id: BEN.id }] }],
    ['nobody', bound(PERSON, 'people'), null, { people: [] }],
  ] as [string, Bound, Cell, unknown][])('writes %s', (_, field, cell, value) => {
    expect(valueOf(field, cell, KNOWN)).toEqual(value);
  });

  it.each([
    ['a text in pieces', bound({ kind: 'text' }, 'rich_text'), told('rich_text', plain('Pay', 'ment')), 'Payment'],
    ['an empty text', bound({ kind: 'text' }, 'rich_text'), told('rich_text', []), null],
    ['a property that was left out', bound({ kind: 'line' }, 'rich_text'), undefined, null],
    ['a tick', bound({ kind: 'checkbox' }, 'checkbox'), told('checkbox', true), true],
    ['no tick', bound({ kind: 'checkbox' }, 'checkbox'), told('checkbox', false), null],
    ['a list', bound(TAGS, 'multi_select'), told('multi_select', [{ id: 'x', name: 'vip' }]), ['vip']],
    ['an empty list', bound(TAGS, 'multi_select'), told('multi_select', []), null],
    ['the first of several people', bound(PERSON, 'people'), told('people', [{ id: ANA.id }, { id: BEN.id }]), 'Ana'],
    ['a stranger by name', bound(PERSON, 'people'), told('people', [{ id: 'z', name: 'Zoe' }]), 'Zoe'],
    ['a guest by id', bound(PERSON, 'people'), told('people', [{ id: 'z' }]), 'z'],
    [
      'a moment with an offset',
      bound({ kind: 'instant' }, 'date'),
      told('date', { start: '2026-11-20T15:30:00.000+01:00' }),
      '2026-11-20T14:30:00.000Z',
    ],
    ['a day', bound({ kind: 'instant' }, 'date'), told('date', { start: '2026-11-20' }), '2026-11-20T00:00:00.000Z'],
    ['what cannot be read', bound({ kind: 'number', decimals: 0 }, 'number'), told('number', '7'), null],
  ] as [string, Bound, ReturnType<typeof told> | undefined, Cell][])('reads %s', (_, field, value, cell) => {
    expect(cellOf(field, value, KNOWN)).toEqual(cell);
  });

  it.each([
    ['a title holds one line', bound({ kind: 'line' }, 'title'), 'one\n two', 'one two'],
    [
      'a moment is a minute',
      bound({ kind: 'instant' }, 'date'),
      '2026-11-20T14:30:59.999Z',
      '2026-11-20T14:30:00.000Z',
    ],
    ['what is no moment is left to Notion', bound({ kind: 'instant' }, 'date'), 'soon', 'soon'],
    ['an address is not too long', bound({ kind: 'email' }, 'email'), `${'x'.repeat(200)}@example.com`, null],
    ['an option is spelt as it is there', bound(STATUS, 'select', 'OPEN'), 'Open', 'OPEN'],
    ['tags hold no commas', bound(TAGS, 'multi_select'), ['a, b', 'A b'], ['a b']],
    ['somebody unknown is nobody', bound(PERSON, 'people'), 'Cy', null],
  ] as [string, Bound, Cell, Cell][])('fits so that %s', (_, field, cell, fitting) => {
    expect(fitCell(field, cell, KNOWN)).toEqual(fitting);
  });

  it('writes nobody where Notion does not tell who there is', () => {
    expect(fitCell(bound(PERSON, 'people'), 'Ana', { ...KNOWN, people: null })).toBeNull();
  });

  it('leaves tags out that can neither be found nor added', () => {
    const field = bound(TAGS, 'multi_select', 'vip');
    expect(fitCell(field, ['vip', 'card'], { ...KNOWN, canAddOptions: false })).toEqual(['vip']);
    expect(missingOptions(field, ['VIP', 'card'])).toEqual(['card']);
  });

  it('knows a value of another type', () => {
    expect(isOfType(bound(STATUS, 'status'), told('status', null))).toBe(true);
    expect(isOfType(bound(STATUS, 'status'), told('select', null))).toBe(false);
    expect(isOfType(bound(STATUS, 'status'), undefined)).toBe(false);
  });
});

describe('texts in pieces', () => {
  it.each([
    ['before a character of two units that would be cut', ['x'.repeat(1999), '💳!']],
    ['after one that ends a piece', [`${'x'.repeat(1998)}💳`, '!']],
  ])('are cut %s', (_, pieces) => {
    expect(piecesOf(pieces.join('')).map((piece) => piece.text.content)).toEqual(pieces);
  });

  it('are at most 2,000 units long, never end within a character, and make up the whole', () => {
    const texts = fc.array(fc.constantFrom('x', 'é', '👩‍🚀', '💳', '\n'), { minLength: 0, maxLength: 4500 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        const contents = piecesOf(text).map((piece) => piece.text.content);
        expect(contents.join('')).toBe(text);
        expect(contents.every((content) => content.length <= 2000 && content.isWellFormed())).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('properties that are made', () => {
  it('has a status with groups, and options without commas', () => {
    const stages = { todo: ['New'], done: ['Gone, for good'] };
    const type: ColumnType = { kind: 'choice', options: ['New', 'Doing', 'Gone, for good'], closed: true, stages };
    expect(propertyFor(aColumn(type, { name: 'status' }), false)).toEqual({
      description: 'What it is.',
      status: {
        options: [
          { name: 'New', group: 'To-do' },
          { name: 'Doing', group: 'In progress' },
          { name: 'Gone for good', group: 'Complete' },
        ],
      },
    });
    const queues: ColumnType = { kind: 'choice', options: ['Sales, EU'], closed: true };
    expect(propertyFor(aColumn(queues), false)).toEqual({
      description: 'What it is.',
      select: { options: [{ name: 'Sales EU' }] },
    });
  });

  it('makes the assignee a list of names where not everybody is a member', () => {
    expect(propertyFor(aColumn(PERSON), true)).toHaveProperty('people');
    expect(propertyFor(aColumn(PERSON), false)).toMatchObject({
      select: { options: [{ name: 'Ana' }, { name: 'Ben' }, { name: 'Cy' }] },
    });
  });

  it('keeps a key in a text, and a long text in nothing else', () => {
    expect(acceptedTypes(aColumn({ kind: 'line' }, { name: 'key' }))).toEqual(['rich_text', 'title']);
    expect(acceptedTypes(aColumn({ kind: 'text' }))).toEqual(['rich_text']);
  });

  it('offers no more than a list of options can hold', () => {
    const full = { options: Array.from({ length: 100 }, (_, index) => ({ id: `o${index}`, name: `t${index}` })) };
    expect(mayOffer(aColumn(TAGS), { options: [] }, 'new')).toBe(true);
    expect(mayOffer(aColumn(TAGS), full, 'new')).toBe(false);
    expect(mayOffer(aColumn(STATUS), { options: [] }, 'Lost')).toBe(false);
  });
});
