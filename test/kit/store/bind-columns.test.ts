import { describe, expect, it } from 'vitest';
import { bindColumns, keepFields, keptFields } from '../../../src/kit/store/bind-columns.ts';
import type { Column } from '../../../src/ports/ticket-store.ts';

function aColumn(name: string, edits: Column['edits'] = 'taken'): Column {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { name, title, type: edits === 'read' ? { kind: 'any' } : { kind: 'line' }, edits, description: '' };
}

function aField(id: string, name: string, type = 'text') {
  return { id, name, type };
}

type Given = Parameters<typeof bindColumns>[0];

/** By name, the id of the field in which each column was found. */
function foundIn(given: Partial<Given> & Pick<Given, 'columns' | 'fields'>) {
  const known = { named: {}, kept: {}, acceptedTypes: () => ['text'], unreadable: new Set(['link']), ...given };
  const { bound, misfits, unread } = bindColumns(known);
  return {
    bound: Object.fromEntries([...bound].map(([name, { field }]) => [name, field.id])),
    misfits: misfits.map(({ column, field }) => [column.name, field?.id ?? null]),
    unread: unread.map(({ column, why }) => [column.name, why]),
  };
}

describe('columns of ours', () => {
  const columns = [aColumn('subject')];

  it('are found by the settings, else where they were before, else by their title', () => {
    const fields = [aField('f1', 'Subject'), aField('f2', 'Request'), aField('f3', 'Topic')];
    expect(foundIn({ columns, fields }).bound).toEqual({ subject: 'f1' });
    expect(foundIn({ columns, fields, kept: { subject: 'f2' } }).bound).toEqual({ subject: 'f2' });
    const both = { kept: { subject: 'f2' }, named: { subject: 'f3' } };
    expect(foundIn({ columns, fields, ...both }).bound).toEqual({ subject: 'f3' });
  });

  it('are found by their title again when the field that was named or kept is gone', () => {
    const fields = [aField('f1', 'Subject')];
    const gone = { kept: { subject: 'f8' }, named: { subject: 'f9' } };
    expect(foundIn({ columns, fields, ...gone }).bound).toEqual({ subject: 'f1' });
  });

  it('fit nowhere where no field is called so, or where it has another type', () => {
    expect(foundIn({ columns, fields: [aField('f1', 'subject')] }).misfits).toEqual([['subject', null]]);
    expect(foundIn({ columns, fields: [aField('f1', 'Subject', 'number')] }).misfits).toEqual([['subject', 'f1']]);
  });
});

describe("columns of the team's own", () => {
  const columns = [aColumn('plan', 'read'), aColumn('subject')];

  it('are found whatever capitals they are written in, and of any type', () => {
    const fields = [aField('f1', 'Subject'), aField('f2', 'PLAN', 'number')];
    expect(foundIn({ columns, fields }).bound).toEqual({ subject: 'f1', plan: 'f2' });
    expect(foundIn({ columns, fields, named: { Plan: 'f2' } }).bound).toEqual({ subject: 'f1', plan: 'f2' });
  });

  it('are not read where they are missing, kept by us, or of a type without words', () => {
    const subject = aField('f1', 'Subject');
    expect(foundIn({ columns, fields: [subject] }).unread).toEqual([['plan', 'missing']]);
    expect(foundIn({ columns, fields: [subject], named: { plan: 'f1' } }).unread).toEqual([['plan', 'ours']]);
    expect(foundIn({ columns, fields: [subject, aField('f2', 'Plan', 'link')] })).toEqual({
      bound: { subject: 'f1' },
      misfits: [],
      unread: [['plan', 'unreadable']],
    });
  });
});

describe('the ids of fields', () => {
  it('are kept when they are found, and stay when one is not there any more', async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      get: (name: string) => Promise.resolve(kept.get(name)),
      set: (name: string, value: unknown) => Promise.resolve(void kept.set(name, value)),
    };
    expect(await keptFields(memory, 'place')).toEqual({});
    const bound = (name: string, id: string) => new Map([[name, { column: aColumn(name), field: aField(id, name) }]]);
    await keepFields(memory, 'place', { bound: bound('subject', 'f1') });
    await keepFields(memory, 'place', { bound: bound('status', 'f2') });
    expect(await keptFields(memory, 'place')).toEqual({ subject: 'f1', status: 'f2' });
  });
});
