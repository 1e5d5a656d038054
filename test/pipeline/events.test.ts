import { describe, expect, it } from 'vitest';
import { eventsOf, type TurnOver } from '../../src/decide/ticket-events.ts';
import type { Reason } from '../../src/domain/decision.ts';
import { STATUSES, type Ticket, type TicketField } from '../../src/domain/ticket.ts';
import { EVENT_TYPES } from '../../src/domain/ticket-event.ts';
import { createIds } from '../../src/kit/new-ids.ts';
import { recordEvents, type Teller } from '../../src/pipeline/events.ts';
import { aReason, aTicket, MORNING } from '../support/builders.ts';
import { fc } from '../support/properties.ts';
import { aSubscription } from '../support/subscriptions.ts';

function aTeller(...subscriptions: Teller['config']['subscriptions'][number][]): Teller {
  return { config: { subscriptions }, records: { events: [] }, now: MORNING, newId: createIds() };
}

function aTurnOver(given: Partial<TurnOver> = {}, ticket: Partial<Ticket> = {}): TurnOver {
  const before = aTicket({ category: 'billing' });
  return { before, after: { ...before, ...ticket }, occasion: { kind: 'due' }, reasons: [], letters: [], ...given };
}

function change(field: TicketField, to: string, reason: Partial<Reason> = {}): Reason {
  return aReason({ change: { field, from: null, to }, params: { channel: 'website', requester: 'Greta' }, ...reason });
}

function bodies(teller: Teller) {
  return teller.records.events.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

/** A part of a history: what a turn changed. */
const TURN = fc.record({
  status: fc.constantFrom(...STATUSES),
  assignee: fc.constantFrom('Ana', 'Ben', null),
  priority: fc.constantFrom('low', 'high'),
  level: fc.integer({ min: 0, max: 3 }),
});

describe('events of a turn', () => {
  it('hold the ticket as the API shows it, each change with who made it and why, and the sentence', () => {
    const teller = aTeller(aSubscription());
    const source = { kind: 'person', name: 'Ana' } as const;
    const reasons = [aReason(), change('priority', 'high', { source })];
    recordEvents(teller, aTurnOver({ reasons }, { priority: 'high' }));
    const [updated, priority] = bodies(teller);
    const why = 'Came in by website from Greta.';
    expect(priority).toMatchObject({
      type: 'ticket.priority_changed',
      timestamp: '2026-11-20T10:00:00Z',
      data: { why },
    });
    expect(updated).toMatchObject({
      type: 'ticket.updated',
      data: {
        ticket: { number: 1042, category: 'billing', priority: 'high' },
        changes: [{ field: 'priority', from: null, to: 'high', by: { kind: 'person', name: 'Ana' }, why }],
        message: null,
      },
    });
  });

  it('hold what people wrote only where the subscription says so', () => {
    const [plain, full] = [aSubscription(), aSubscription({ name: 'full', messages: true })];
    const said = { kind: 'rated', score: 2, comment: 'Far too slow for us.', at: MORNING } as const;
    const params = { name: 'Greta', score: 2, comment: said.comment };
    const reasons = [
      change('satisfaction', '2', { stage: 'follow_up', code: 'follow_up.rated', params }),
      change('surveyComment', said.comment, { stage: 'follow_up', code: 'follow_up.commented', params }),
    ];
    const ticket = { surveyComment: said.comment, why: 'Greta says “Far too slow for us.”.' };
    const rated = aTurnOver({ occasion: said, reasons }, ticket);
    const replied = { kind: 'replied', by: 'customer', name: 'Greta', text: 'Far too slow.', at: MORNING } as const;
    const [one, two] = [aTeller(plain), aTeller(full)];
    for (const teller of [one, two]) {
      recordEvents(teller, rated);
      recordEvents(teller, aTurnOver({ occasion: replied }));
    }
    expect(JSON.stringify(bodies(one))).not.toContain('too slow');
    expect(bodies(one).at(-1)).toMatchObject({ data: { message: { by: 'requester', name: 'Greta' } } });
    expect(bodies(two).at(-1)).toMatchObject({ data: { message: { text: 'Far too slow.' } } });
    expect(bodies(two)[0]).toMatchObject({ data: { ticket: { surveyComment: 'Far too slow for us.' } } });
  });

  it('stay below 20 KB, whatever people wrote', () => {
    const teller = aTeller(aSubscription({ messages: true }));
    const long = '字'.repeat(100_000);
    const texts = { subject: long, resolution: long, surveyComment: long, description: long, why: long.slice(0, 200) };
    const occasion = { kind: 'replied', by: 'customer', name: 'Greta', text: long, at: MORNING } as const;
    const reasons = (['subject', 'resolution', 'incidentMessage'] as const).map((field) => change(field, long));
    recordEvents(teller, aTurnOver({ occasion, reasons }, texts));
    expect(Math.max(...teller.records.events.map(({ body }) => Buffer.byteLength(body)))).toBeLessThan(20_000);
  });

  it('go to those of whose condition the ticket is now, and cost nothing while nobody follows', () => {
    const billing = aSubscription({ when: { kind: 'is', field: 'category', values: ['billing'] } });
    const other = aSubscription({ name: 'other', when: { kind: 'is', field: 'category', values: ['technical'] } });
    const teller = aTeller(billing, other);
    recordEvents(teller, aTurnOver({ reasons: [change('category', 'technical')] }, { category: 'technical' }));
    expect(teller.records.events.map(({ subscription }) => subscription)).toEqual(['other']);
    const nobody = aTeller();
    recordEvents(nobody, aTurnOver({ reasons: [change('category', 'technical')] }));
    expect(nobody.records.events).toEqual([]);
  });

  it('tell every change of any history once to each subscription that asks for it (A-110)', () => {
    fc.assert(
      fc.property(fc.array(TURN, { maxLength: 12 }), fc.subarray([...EVENT_TYPES]), (turns, some) => {
        const teller = aTeller(aSubscription(), aSubscription({ name: 'some', events: new Set(some) }));
        const expected = { all: [] as string[], some: [] as string[], changes: 0 };
        let before = aTicket();
        for (const { level: escalationLevel, ...turn } of turns) {
          const after = { ...before, ...turn, escalationLevel } as Ticket;
          const fields = ['status', 'assignee', 'priority', 'escalationLevel'] as const;
          const changed = fields.filter((field) => before[field] !== after[field]);
          const reasons = changed.map((field) => change(field, String(after[field])));
          const over: TurnOver = { before, after, occasion: { kind: 'due' }, reasons, letters: [] };
          const types = eventsOf(over).map(({ type }) => type);
          expected.all.push(...types);
          expected.some.push(...types.filter((type) => some.includes(type)));
          expected.changes += changed.length;
          recordEvents(teller, over);
          before = after;
        }
        const told = (name: string) =>
          teller.records.events.filter(({ subscription }) => subscription === name).map(({ type }) => type);
        expect([told('crm'), told('some')]).toEqual([expected.all, expected.some]);
        const updates = teller.records.events.filter(
          ({ subscription, type }) => subscription === 'crm' && type === 'ticket.updated',
        );
        const changes = updates.flatMap(
          ({ body }) => (JSON.parse(body) as { data: { changes: unknown[] } }).data.changes,
        );
        expect(changes).toHaveLength(expected.changes);
        expect(new Set(teller.records.events.map(({ id }) => id)).size).toBe(teller.records.events.length);
      }),
      { numRuns: 50 },
    );
  });
});
