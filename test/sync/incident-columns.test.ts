import { describe, expect, it } from 'vitest';
import { deskColumns } from '../../src/sync/columns.ts';
import { ticketShown } from '../../src/sync/from-columns.ts';
import { aPolicy, aTicket, ALWAYS, at, MORNING } from '../support/builders.ts';

const POLICY = aPolicy({
  related: 2,
  incidents: {
    windowMinutes: 240,
    similarity: 0.3,
    reports: 3,
    when: ALWAYS,
    notify: [],
    template: null,
    resolvedTemplate: null,
  },
});

function column(name: string) {
  const found = deskColumns(POLICY).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

describe('the columns of incidents', () => {
  it.each([
    ['T-1042', 1042],
    [' t 1042 ', 1042],
    ['#1042', 1042],
    ['1042', 1042],
    ['', null],
    ['the one from Monday', undefined],
    ['T-1042 and T-1043', undefined],
    ['12345678901', undefined],
  ])('take %j for %j', (written, number) => {
    expect(column('incident').take(written)).toBe(number);
  });

  it('show the link by its name, and related tickets with what became of them', () => {
    const related = [
      { number: 998, by: 'text', status: 'resolved', subject: 'Page down' },
      { number: 999, by: 'requester', status: 'on_hold', subject: 'Receipt' },
    ] as const;
    const shown = { ticket: aTicket({ incident: 1000, related }), activity: [] };
    expect(column('incident').show(shown)).toBe('T-1000');
    expect(column('related').show(shown)).toBe('T-998 Resolved: Page down\nT-999 On hold: Receipt');
  });

  it('bring a link back where the row remembers nothing else, and tell nobody a second time', () => {
    const cells = { incident: 'T-1000', status: 'Open', knownIncident: false, linkedCount: 0 };
    const row = { id: 'row', key: 'key', cells, createdAt: at('2026-11-20T08:00:00Z'), editedBy: null };
    const ticket = ticketShown(row, { policy: POLICY, now: MORNING });
    expect(ticket.incident).toBe(1000);
    expect(ticket.incidentReport).toEqual({ isTold: true, endedAt: MORNING });
  });
});
