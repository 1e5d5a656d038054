import { describe, expect, it } from 'vitest';
import type { Cell, Cells } from '../../src/ports/ticket-store.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { chosenFields, merge } from '../../src/sync/merge.ts';
import type { CellLimits } from '../../src/sync/shown-cell.ts';
import { anArticle, aPolicy, aTicket, at } from '../support/builders.ts';

const COLUMNS = deskColumns(aPolicy());

/** Of a base that can hold anything. */
const LIMITS: CellLimits = { longestText: Infinity, fit: (_, cell) => cell, locked: () => new Set() };

/** A look at a row of which one cell matters. */
function look(column: string, { base, theirs, ours = {}, sent = [] }: Look) {
  const ticket = aTicket(ours);
  return merge({
    columns: COLUMNS.filter(({ name }) => name === column),
    theirs: { [column]: theirs },
    synced: { [column]: base },
    sent: sent.length === 0 ? {} : { [column]: sent },
    shown: { ticket, activity: [] },
    limits: LIMITS,
  });
}

interface Look {
  base: Cell;
  theirs: Cell;
  ours?: Parameters<typeof aTicket>[0];
  sent?: readonly Cell[];
}

describe('merge', () => {
  it.each([
    ['nobody changed it', { base: 'Low', theirs: 'Low', ours: 'low' }, null],
    ['we changed it', { base: 'Low', theirs: 'Low', ours: 'high' }, null],
    ['a person changed it', { base: 'Low', theirs: 'High', ours: 'low' }, 'high'],
    ['both changed it to the same', { base: 'Low', theirs: 'High', ours: 'high' }, null],
    ['both changed it, to different values', { base: 'Low', theirs: 'High', ours: 'critical' }, 'high'],
  ] as const)('when %s, a person’s edit alone counts as one, and it wins', (_, { base, theirs, ours }, edit) => {
    const { changes, synced } = look('priority', { base, theirs, ours: { priority: ours } });
    expect(changes).toEqual(edit === null ? [] : [{ field: 'priority', from: ours, to: edit }]);
    expect(synced).toEqual({ priority: theirs });
  });

  it('takes two sides that changed two fields for one edit, of the field that the person changed', () => {
    const { changes } = merge({
      columns: COLUMNS,
      theirs: { ...shownBy({ priority: 'low' }), status: 'Resolved' },
      synced: shownBy({ priority: 'low' }),
      sent: {},
      shown: { ticket: aTicket({ priority: 'critical' }), activity: [] },
      limits: LIMITS,
    });
    expect(changes).toEqual([{ field: 'status', from: 'new', to: 'resolved' }]);
  });

  it.each([
    ['status', 'on hold', { field: 'status', to: 'on_hold' }],
    ['status', 'needs_info', { field: 'status', to: 'needs_info' }],
    ['severity', 'Informational', { field: 'severity', to: 'informational' }],
    ['category', ' BILLING ', { field: 'category', to: 'billing' }],
    ['queue', 'review', { field: 'queue', to: 'review' }],
    ['assignee', 'Ben', { field: 'assignee', to: 'Ben' }],
    ['tags', ['vip', ' new ', 'vip'], { field: 'tags', to: ['vip', 'new'] }],
    ['tags', 'vip, new', { field: 'tags', to: ['vip', 'new'] }],
    ['needsReview', true, { field: 'needsReview', to: true }],
    ['subject', ' Card charged twice ', { field: 'subject', to: 'Card charged twice' }],
  ])('reads %s of %j as a person means it', (column, theirs, expected) => {
    expect(look(column, { base: null, theirs }).changes).toMatchObject([expected]);
  });

  it.each([
    ['category', { category: 'billing' }, 'billing'],
    ['assignee', { assignee: 'Ana' }, 'Ana'],
    ['severity', { severity: 'high' }, 'High'],
  ] as const)('reads an emptied %s as none', (column, ours, base) => {
    expect(look(column, { base, theirs: '', ours }).changes).toMatchObject([{ field: column, to: null }]);
    expect(look(column, { base, theirs: null, ours }).changes).toMatchObject([{ field: column, to: null }]);
  });

  it('hands on what no ticket can hold as it was typed, for the judgement to refuse', () => {
    expect(look('status', { base: 'New', theirs: 'Waiting for Godot' }).changes).toEqual([
      { field: 'status', from: 'new', to: 'Waiting for Godot' },
    ]);
  });

  it('reads a corrected requester', () => {
    expect(look('requesterName', { base: 'Greta Holm', theirs: 'Greta Holmberg' }).requester).toEqual({
      name: 'Greta Holmberg',
    });
    expect(look('requesterEmail', { base: 'greta@example.com', theirs: 'Greta@Example.com ' }).requester).toEqual({
      email: 'greta@example.com',
    });
    expect(look('requesterEmail', { base: 'greta@example.com', theirs: null }).requester).toEqual({ email: null });
  });

  it.each(['number', 'slaState', 'why', 'activity', 'owner', 'openedAt', 'ticket'])(
    'takes an edit of %s for none, and remembers what stands there, so that it is put back',
    (column) => {
      const { changes, synced, isNews } = look(column, { base: null, theirs: 'Mine now' });
      expect([changes, synced, isNews]).toEqual([[], { [column]: 'Mine now' }, true]);
    },
  );

  it.each(['description', 'internalNotes'])('leaves %s to people altogether', (column) => {
    const { changes, isNews } = look(column, { base: null, theirs: 'Their words' });
    expect([changes, isNews]).toEqual([[], false]);
  });

  it('knows what it sent itself, even when the ticket has moved on', () => {
    const lost = { base: 'New', sent: ['Open', 'Pending'], ours: { status: 'on_hold' } } as const;
    expect(look('status', { ...lost, theirs: 'Open' }).changes).toEqual([]);
    expect(look('status', { ...lost, theirs: 'Pending' }).changes).toEqual([]);
    expect(look('status', { ...lost, theirs: 'Resolved' }).changes).toHaveLength(1);
  });

  it.each([
    ['an empty list as nothing', 'tags', [], null],
    ['a list in another order', 'tags', ['b', 'a'], ['a', 'b']],
    ['an unticked box as nothing', 'needsReview', false, null],
    ['an empty text as nothing', 'assignee', '', null],
    ['a moment written another way', 'resolvedAt', '2026-11-20T10:00:00Z', '2026-11-20T11:00:00.000+01:00'],
    ['Windows line ends', 'activity', 'a\r\nb', 'a\nb'],
  ])('reads %s as no news', (_, column, base, theirs) => {
    expect(look(column, { base, theirs }).isNews).toBe(false);
  });

  describe('Reply and Send', () => {
    const [empty, written, ticked] = [
      {},
      { reply: ' We refund you. ', send: null },
      { reply: ' We refund you. ', send: true },
    ];

    it.each<[string, Cells, Cells, string | null]>([
      ['sends when Send is ticked', written, ticked, 'We refund you.'],
      ['sends when both come at once', empty, ticked, 'We refund you.'],
      ['sends nothing while somebody writes', empty, written, null],
      ['sends nothing again while the tick stands', ticked, ticked, null],
      ['sends nothing when the text changes under a tick that was seen', ticked, { ...ticked, reply: 'Sorry' }, null],
      ['sends nothing when there is nothing to send', empty, { reply: ' ', send: true }, null],
    ])('%s (A-089)', (_, synced, theirs, reply) => {
      const shown = { ticket: aTicket(), activity: [] };
      expect(merge({ columns: COLUMNS, theirs, synced, sent: {}, shown, limits: LIMITS }).reply).toBe(reply);
    });
  });
});

describe('Suggested reply and Send suggestion', () => {
  const when = { kind: 'all' as const, of: [] };
  const draft = { reply: 'card', title: 'Card', why: null, when, place: 'replies/card.md' };
  const policy = aPolicy({
    replies: { card: { name: 'card', subject: '', body: 'Try {{ ticket.subject }} again.' } },
    offers: { drafts: [draft] },
  });
  const [standing, ticked] = [
    { suggestedReply: 'Try it.', reply: null },
    { suggestedReply: 'Try it.', sendSuggestion: true, reply: null },
  ];

  it.each<[string, Cells, Cells, string | null]>([
    ['sends what stands there when it is ticked', standing, ticked, 'Try it.'],
    ['sends it as the person changed it', standing, { ...ticked, suggestedReply: 'Try it now.' }, 'Try it now.'],
    ['sends nothing again while the tick stands', ticked, ticked, null],
    ['sends nothing where nothing is suggested', {}, { sendSuggestion: true }, null],
    ['sends what was written rather than both', standing, { ...ticked, reply: 'No.', send: true }, 'No.'],
  ])('%s (A-085)', (_, synced, theirs, reply) => {
    const shown = { ticket: aTicket(), activity: [] };
    const columns = deskColumns(policy);
    expect(merge({ columns, theirs, synced, sent: {}, shown, limits: LIMITS }).reply).toBe(reply);
  });

  it('shows no draft whose filter fails on the words of the ticket', () => {
    const replies = { card: { name: 'card', subject: '', body: '{{ ticket.subject | url_decode }}' } };
    const column = deskColumns(aPolicy({ replies, offers: { drafts: [draft] } })).find(
      ({ name }) => name === 'suggestedReply',
    );
    const ticket = aTicket({ subject: '100% Card', suggestion: { reply: 'card', articles: [] } });
    expect(column?.show({ ticket, activity: [] })).toBeNull();
  });

  it('shows the draft filled in, and never reads a customer’s words as Liquid', () => {
    const ticket = aTicket({ subject: '{{ desk.name }} {% if', suggestion: { reply: 'card', articles: [] } });
    const column = deskColumns(policy).find(({ name }) => name === 'suggestedReply');
    expect(column?.show({ ticket, activity: [] })).toBe('Try {{ desk.name }} {% if again.');
  });

  it('shows articles with their addresses, and which are for the team alone (A-086)', () => {
    const articles = [
      anArticle({ name: 'pay', title: 'Pay', url: 'https://help.example.com/pay' }),
      anArticle({ name: 'run', title: 'Ask the bank', audience: 'internal' }),
    ];
    const column = deskColumns(aPolicy({ offers: { articles } })).find(({ name }) => name === 'suggestedArticles');
    const ticket = aTicket({ suggestion: { reply: null, articles: ['run', 'gone', 'pay'] } });
    expect(column?.show({ ticket, activity: [] })).toBe(
      'Ask the bank (for the team alone)\nPay: https://help.example.com/pay',
    );
  });

  it('are no columns of a desk that has nothing to offer', () => {
    const names = deskColumns(aPolicy()).map(({ name }) => name);
    expect(names.filter((name) => /suggest/i.test(name))).toEqual([]);
  });
});

describe('chosenFields', () => {
  it('names what a person filled in and a ticket can hold', () => {
    const cells = {
      subject: 'By phone',
      status: 'open',
      priority: 'Urgentest',
      category: null,
      tags: ['vip'],
      assignee: 'Ben',
      needsReview: true,
      resolvedAt: '2026-11-20T10:00:00Z',
    };
    expect(chosenFields(COLUMNS, cells)).toEqual({ status: 'open', tags: ['vip'], assignee: 'Ben' });
  });
});

/** Every cell as the ticket shows it. */
function shownBy(overrides: Parameters<typeof aTicket>[0]): Cells {
  const shown = { ticket: aTicket({ openedAt: at('2026-11-20T10:00:00Z'), ...overrides }), activity: [] };
  return Object.fromEntries(COLUMNS.map((column) => [column.name, column.show(shown)]));
}
