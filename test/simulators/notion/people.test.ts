import { describe, expect, it } from 'vitest';
import { aSupportWorkspace } from '../../support/notion/a-support-workspace.ts';

describe('people', () => {
  it('type rows, send forms and paste, each as themselves', () => {
    const { notion } = aSupportWorkspace();
    const { people } = notion;
    const typed = people.type('Tickets', { Ticket: 'a', Number: 1 });
    const sent = people.as('Tom').submit('Tickets', { Ticket: 'b' });
    const pasted = people.as('tom@example.com').paste('Tickets', { Ticket: 'c' });
    expect(people.rows('Tickets').map(({ id }) => id)).toEqual([typed, sent, pasted]);
    expect(people.row('Tickets', typed)).toMatchObject({ Ticket: 'a', Number: 1, 'Made by': 'Lea' });
    expect(people.row('Tickets', sent)).toMatchObject({ 'Made by': 'Tom', 'Edited by': 'Tom' });
    expect(people.row('Tickets', 'nowhere')).toBeNull();
  });

  it('see and write plain values', () => {
    const { notion, clock } = aSupportWorkspace();
    const { people } = notion;
    const id = people.paste('Tickets', {});
    const values = {
      Ticket: 'Printer',
      Description: 'x'.repeat(5000),
      Email: 'ana@example.com',
      Status: 'Open',
      Priority: 'Urgent',
      Tags: ['bug', 'new'],
      Assignee: ['Lea', 'Gil'],
      Number: 0,
      Send: true,
      Due: '2026-11-22',
      Files: ['https://files.example.com/a.txt'],
    };
    clock.pass({ minutes: 3 });
    people.as('Tom').edit('Tickets', id, values);
    expect(people.row('Tickets', id)).toEqual({
      ...values,
      Files: ['a.txt'],
      ID: 1,
      Made: '2026-11-21T09:00:00.000Z',
      Edited: '2026-11-21T09:03:00.000Z',
      'Made by': 'Lea',
      'Edited by': 'Tom',
    });
    people.edit('Tickets', id, {
      Ticket: null,
      Tags: null,
      Assignee: null,
      Number: null,
      Send: false,
      Due: null,
      Priority: null,
    });
    const left = people.row('Tickets', id);
    for (const gone of ['Ticket', 'Tags', 'Assignee', 'Number', 'Send', 'Due', 'Priority']) {
      expect(left).not.toHaveProperty(gone);
    }
  });

  it('write but what a property takes', () => {
    const { notion } = aSupportWorkspace();
    const { people } = notion;
    expect(() => people.paste('Tickets', { No: 1 })).toThrow('There is no property No in Tickets.');
    expect(() => people.paste('Tickets', { Status: 'Odd' })).toThrow('Status option "Odd" does not exist');
    expect(() => people.paste('Tickets', { Assignee: 'Ana' })).toThrow('There is nobody called Ana.');
    expect(() => people.paste('Tickets', { ID: 4 })).toThrow('Nobody can type into ID.');
    expect(() => people.paste('Cases', {})).toThrow('There is no database Cases.');
    expect(() => people.edit('Tickets', 'nowhere', {})).toThrow('There is no row nowhere in Tickets.');
    expect(people.rows('Tickets')).toEqual([]);
  });

  it('trash, restore, move out, comment, and write below', () => {
    const { notion, pageId } = aSupportWorkspace();
    const { people } = notion;
    const id = people.paste('Tickets', { Ticket: 'a', Number: 1 });
    people.delete('Tickets', id);
    expect(people.rows('Tickets')).toEqual([]);
    people.restore('Tickets', id);
    expect(people.comments('Tickets', id)).toEqual([]);
    people.as('Tom').comment('Tickets', id, 'Look');
    expect(people.comments('Tickets', id)).toEqual([{ by: 'Tom', text: 'Look' }]);
    people.write('Tickets', id, 'One\n- two');
    expect(people.body('Tickets', id)).toEqual(['One', 'two']);
    people.moveOut('Tickets', id, pageId);
    expect(people.row('Tickets', id)).toBeNull();
  });
});

describe('the same seed', () => {
  it('gives the same ids, tokens and secrets, and another one others', () => {
    const idsOf = (seed: number) => {
      const { token, database, lea } = aSupportWorkspace({ seed });
      return [token, database, lea];
    };
    expect(idsOf(3)).toEqual(idsOf(3));
    expect(idsOf(3)).not.toEqual(idsOf(4));
  });
});
