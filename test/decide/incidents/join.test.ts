import { describe, expect, it } from 'vitest';
import type { SimilarTickets } from '../../../src/decide/facts.ts';
import { aReport, anIncident } from './a-report.ts';

const NEVER = { kind: 'any', of: [] } as const;

function similar(overrides: Partial<SimilarTickets> = {}): SimilarTickets {
  return { incidents: [], group: [], near: [], ...overrides };
}

function member(number: number, requester = `${number}@house.example`) {
  return { key: `key-${number}`, number, requester, score: 0.4 };
}

describe('which tickets report one incident', () => {
  it('are the oldest and those that resemble it, once enough requesters wrote; and it wakes them (A-020)', () => {
    const report = aReport({ number: 1004 });
    const two = report.look({ similar: similar({ group: [member(1001)], near: ['key-1001'] }) });
    expect([two.ticket.incident, two.wakes]).toEqual([null, []]);
    const group = [member(1001), member(1002), member(1003)];
    const { ticket, wakes } = report.look({ similar: similar({ group, near: ['key-1001', 'key-1009'] }) });
    expect(ticket.incident).toBe(1001);
    expect(ticket.why).toBe('Reports the same as T-1001, as do T-1002 and T-1003 (40% alike), and waits for it.');
    expect(wakes).toEqual(['key-1001', 'key-1009']);
  });

  it('count by requester: who writes five times has no five customers', () => {
    const group = [1001, 1002, 1003, 1004].map((number) => member(number, 'greta@example.com'));
    expect(aReport({ number: 1005 }).look({ similar: similar({ group }) }).ticket.incident).toBeNull();
  });

  it('are those of which the condition holds, unless a person declared the incident', () => {
    const known = similar({ incidents: [{ number: 1000, score: 0.3 }] });
    const found = { similar: known, incidents: [anIncident()] };
    const declared = { similar: known, incidents: [anIncident({ isKnown: true })] };
    expect(aReport({}, { when: NEVER }).look(found).ticket.incident).toBeNull();
    expect(aReport({}, { when: NEVER }).look(declared).ticket.incident).toBe(1000);
    expect(aReport().look(found).ticket.incident).toBe(1000);
  });

  it('are not linked for less than a share of what reports have in common', () => {
    const at = (score: number) => ({
      similar: similar({ incidents: [{ number: 1000, score }] }),
      incidents: [anIncident()],
    });
    expect(aReport().look(at(0.25)).ticket.incident).toBeNull();
    expect(aReport().look(at(0.26)).ticket.incident).toBe(1000);
  });

  it.each([
    ['was withdrawn by a person', { isWithdrawn: true }],
    ['is resolved', { status: 'resolved' }],
  ] as const)('are not linked to what %s', (_, incident) => {
    const facts = {
      similar: similar({ incidents: [{ number: 1000, score: 0.9 }] }),
      incidents: [anIncident(incident)],
    };
    expect(aReport().look(facts).ticket.incident).toBeNull();
  });

  it('are none that a person unlinked, and none that others report', () => {
    const facts = { similar: similar({ incidents: [{ number: 1000, score: 0.9 }] }), incidents: [anIncident()] };
    const unlinked = aReport({ incident: 1000, incidentReport: { isTold: false, endedAt: null } });
    const { ticket } = unlinked.edit([{ field: 'incident', from: 1000, to: null }], facts);
    expect(ticket.why).toBe('Ana unlinked it from T-1000; it is not linked again by itself.');
    expect(unlinked.look(facts).ticket.incident).toBeNull();
    expect(aReport({ linkedCount: 2 }).look(facts).ticket.incident).toBeNull();
  });
});
