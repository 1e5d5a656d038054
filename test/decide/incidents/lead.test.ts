import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../../src/decide/index.ts';
import { aReport, anIncident } from './a-report.ts';

function linked(...numbers: readonly number[]) {
  return { linked: numbers.map((number) => ({ key: `key-${number}`, number, requester: 'Greta' })) };
}

function noticesOf({ effects }: Pick<Judgement, 'effects'>) {
  return effects.filter((effect) => effect.kind === 'notify' && effect.notice === 'incident');
}

describe('an incident and its reports', () => {
  it('counts them, and tells the team once, with their numbers (A-020)', () => {
    const incident = aReport({ number: 1000 });
    const one = incident.look(linked(1001));
    expect([one.ticket.linkedCount, noticesOf(one)]).toEqual([1, []]);
    const [notice] = noticesOf(incident.look(linked(1001, 1002)));
    expect(notice).toMatchObject({
      key: 'incident:01JD3G2N000000000000001000',
      to: ['lead@desk.example'],
      params: { Reports: 'T-1000, T-1001, T-1002' },
    });
    expect(noticesOf(incident.look(linked(1001, 1002, 1003)))).toEqual([]);
  });

  it('has its reports look when it ends, and not for what is its own', () => {
    const incident = aReport({ number: 1000, linkedCount: 1 });
    expect(incident.edit([{ field: 'priority', from: 'medium', to: 'high' }], linked(1001)).wakes).toEqual([]);
    expect(incident.edit([{ field: 'status', from: 'open', to: 'resolved' }], linked(1001)).wakes).toEqual([
      'key-1001',
    ]);
  });

  it('is declared by a person once there is something to say, and wakes what resembles it (A-020)', () => {
    const declare = { field: 'knownIncident', from: false, to: true } as const;
    const message = { field: 'incidentMessage', from: null, to: 'Down.' } as const;
    const near = { ...linked(), similar: { incidents: [], group: [], near: ['key-1007'] } };
    const incident = aReport({ number: 1000 });
    expect(incident.edit([declare], near).codes).toContain('edit.refused');
    const { ticket, wakes } = incident.edit([declare, message], near);
    expect([ticket.knownIncident, wakes]).toEqual([true, ['key-1007']]);
  });

  it('is none that reports another', () => {
    const report = aReport({ incident: 1001, incidentReport: { isTold: false, endedAt: null } }, { template: null });
    const { ticket } = report.edit([{ field: 'knownIncident', from: false, to: true }], linked());
    expect(ticket.why).toBe(
      'Not declared an incident, because it reports T-1001. Declare that one, or unlink this first.',
    );
  });

  it.each([
    ['itself', 1042, 'Not linked, because a ticket can’t report itself. Write the number of another.'],
    ['what reports it', 1001, 'Not linked, because “1001” reports this very ticket. Unlink that one first.'],
    ['no ticket', 4711, 'Not linked, because “4711” is no ticket here. Write a number such as T-1042.'],
  ])('is never %s', (_, to, why) => {
    const incidents = [anIncident({ number: 1042 }), anIncident({ number: 1001, incident: 1042 })];
    expect(aReport().edit([{ field: 'incident', from: null, to }], { incidents }).ticket.why).toBe(why);
  });

  it('is what the ticket reports that a person named, where that reports another', () => {
    const incidents = [anIncident({ number: 1001, incident: 1000 }), anIncident()];
    expect(aReport().edit([{ field: 'incident', from: null, to: 1001 }], { incidents }).ticket.incident).toBe(1000);
  });
});
