import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import { sentenceOf as write } from '../../../src/domain/sentence.ts';
import type { Reason } from '../../../src/domain/decision.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { at } from '../../support/builders.ts';
import { aReport, anIncident } from './a-report.ts';

const LINKED: Partial<Ticket> = { number: 1004, incident: 1000, incidentReport: { isTold: false, endedAt: null } };
const ENDED: Partial<Incident> = { status: 'resolved', resolvedAt: at('2026-11-20T11:00:00Z') };
const AGAIN: Partial<Incident> = { status: 'resolved', resolvedAt: at('2026-11-20T12:00:00Z') };

describe('a report and its incident', () => {
  it('is given to nobody while the incident goes on, and to somebody when it is set free', () => {
    const loads = [{ name: 'Ana', open: 0, lastAssignedAt: null, away: false }];
    const report = aReport(LINKED);
    expect(report.look({ loads, incidents: [anIncident()] }).ticket.assignee).toBeNull();
    const { ticket, codes } = report.look({ loads, incidents: [anIncident({ isWithdrawn: true })] });
    expect([ticket.incident, ticket.assignee]).toEqual([null, 'Ana']);
    expect(codes).toContain('link.set_free');
  });

  it('keeps whoever has it', () => {
    expect(aReport({ ...LINKED, assignee: 'Ben' }).look({ incidents: [anIncident()] }).ticket.assignee).toBe('Ben');
  });

  it('tells nobody twice, and ends with no end that it went along with', () => {
    const report = aReport(LINKED);
    const known = { incidents: [anIncident({ isKnown: true, message: 'Down.' })] };
    expect(report.look(known).sent).toEqual(['known']);
    expect(report.look(known).sent).toEqual([]);
    const ended = { incidents: [anIncident({ ...ENDED, isKnown: true })] };
    const first = report.look(ended);
    expect([first.sent, first.ticket.status]).toEqual([['solved'], 'resolved']);
    const reopened = report.edit([{ field: 'status', from: 'resolved', to: 'open' }], ended);
    expect([reopened.sent, reopened.ticket.status]).toEqual([[], 'open']);
    expect(report.look(ended).ticket.status).toBe('open');
    const second = report.look({ incidents: [anIncident(AGAIN)] });
    expect([second.sent, second.ticket.status]).toEqual([['solved'], 'resolved']);
  });

  it('is told nothing that no person has declared', () => {
    expect(aReport(LINKED).look({ incidents: [anIncident({ message: 'Down.' })] }).sent).toEqual([]);
  });

  it('is not resolved by an incident that had ended before it was linked', () => {
    const report = aReport({ number: 1004 });
    const facts = { incidents: [anIncident(ENDED)] };
    report.edit([{ field: 'incident', from: null, to: 1000 }], facts);
    expect(report.look(facts).ticket.status).toBe('open');
    expect(report.look({ incidents: [anIncident(AGAIN)] }).ticket.status).toBe('resolved');
  });

  it.each([
    ['without an address', null, 'Sent no letter about the incident T-1000: there is no address.'],
    [
      'of a machine',
      'no-reply@example.com',
      'Sent no letter about the incident T-1000: the sender looks like a machine.',
    ],
  ])('gets no letter %s, and the log says so once', (_, email, sentence) => {
    const report = aReport({ ...LINKED, requester: { name: 'Greta', email, account: {} } });
    const facts = { incidents: [anIncident({ isKnown: true })] };
    const { sent, codes, reasons } = report.look(facts);
    expect([sent, codes]).toEqual([[], ['link.not_told']]);
    expect(sentenceOf(reasons[0])).toBe(sentence);
    expect(report.look(facts).codes).toEqual([]);
  });

  it('stays linked, and waits, when a person linked it to what another withdrew', () => {
    const report = aReport({ number: 1004 });
    report.edit([{ field: 'incident', from: null, to: 1000 }], { incidents: [anIncident()] });
    expect(report.look({ incidents: [anIncident({ isWithdrawn: true })] }).ticket.incident).toBe(1000);
  });
});

function sentenceOf(reason: Reason | undefined): string {
  return reason === undefined ? '' : write(reason);
}
