import { describe, expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { Cells } from '../../src/ports/ticket-store.ts';
import { seeHandoff } from '../../src/sync/asked-handoff.ts';
import { wasTaken } from '../../src/sync/asking-key.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { aContract, aHandoff, aPolicy, aTicket, MORNING } from '../support/builders.ts';

const COLUMNS = deskColumns(aPolicy({ routing: { handoffs: [aContract()] } }));

/** A base that is looked at every minute. */
const POLL_SECONDS = 60;

const JUST_NOW = aHandoff();

interface Look {
  theirs: Cells;
  synced?: Cells;
  ticket?: Partial<Ticket>;
  handoffKey?: string | null;
  minutesLater?: number;
}

function look({ theirs, synced = {}, ticket = {}, handoffKey = null, minutesLater = 1 }: Look) {
  const mirror = { key: 'k', ticket: aTicket(ticket), handoffKey };
  const given = { now: MORNING.add({ seconds: Math.round(minutesLater * 60) }), pollSeconds: POLL_SECONDS };
  return seeHandoff({ columns: COLUMNS, theirs, synced, mirror }, given);
}

function asked(given: Look) {
  const found = look(given).asked;
  return found === null ? null : [found.to, found.reason];
}

describe('a queue that was chosen', () => {
  it('asks for a hand-off, with the reason that stands beside it', () => {
    expect(asked({ theirs: { handoffTo: 'review' } })).toEqual(['review', null]);
    const both = { handoffTo: ' Review ', handoffReason: ' An odd one ' };
    expect(asked({ theirs: both })).toEqual(['review', 'An odd one']);
    expect(asked({ theirs: both, synced: { handoffReason: 'An odd one' } })).toEqual(['review', 'An odd one']);
  });

  it('asks as it was written when it is no queue', () => {
    expect(asked({ theirs: { handoffTo: 'Logistics' } })).toEqual(['Logistics', null]);
  });

  it('asks once, until another is chosen', () => {
    expect(asked({ theirs: { handoffTo: 'review' }, synced: { handoffTo: 'review' } })).toBeNull();
    expect(asked({ theirs: { handoffTo: null }, synced: { handoffTo: 'review' } })).toBeNull();
    expect(asked({ theirs: { handoffTo: 'support' }, synced: { handoffTo: 'review' } })).toEqual(['support', null]);
  });
});

describe('a reason that stands alone', () => {
  const theirs = { handoffReason: 'An odd one' };

  it('waits for its queue, and stays in its cell', () => {
    const { asked: nothing, key } = look({ theirs });
    expect([nothing, wasTaken('An odd one', key)]).toEqual([null, false]);
  });

  it('belongs to the hand-off that was taken while it was typed (A-050)', () => {
    const given = { theirs, ticket: { queue: 'review', handoff: JUST_NOW } };
    expect(asked(given)).toEqual([null, 'An odd one']);
    expect(wasTaken('An odd one', look(given).key)).toBe(true);
  });

  it.each([
    ['five minutes and a look at the base later', 6, [null, 'An odd one']],
    ['any later', 6.1, null],
  ])('belongs to it until %s', (_, minutesLater, expected) => {
    expect(asked({ theirs, ticket: { queue: 'review', handoff: JUST_NOW }, minutesLater })).toEqual(expected);
  });

  it.each([
    ['has its own reason', { ...JUST_NOW, reason: 'Too hard' }, null],
    ['has the beginning of it', { ...JUST_NOW, reason: 'An odd' }, [null, 'An odd one']],
    ['led elsewhere than where the ticket is', { ...JUST_NOW, to: 'support' }, null],
  ])('is held against a hand-off that %s', (_, handoff, expected) => {
    expect(asked({ theirs, ticket: { queue: 'review', handoff } })).toEqual(expected);
  });

  it('belongs to a hand-off that is held, however long it takes (A-051)', () => {
    const held = aHandoff({ state: 'held', missing: ['reason'] });
    expect(asked({ theirs, ticket: { handoff: held }, minutesLater: 600 })).toEqual([null, 'An odd one']);
    expect(asked({ theirs, ticket: { handoff: { ...held, state: 'asked' } }, minutesLater: 600 })).toBeNull();
  });

  it('is none that was there before', () => {
    expect(asked({ theirs, synced: theirs, ticket: { queue: 'review', handoff: JUST_NOW } })).toBeNull();
  });
});

describe('an answer', () => {
  const said = (cell: string | null, synced: Cells = {}) => look({ theirs: { handoffAnswer: cell }, synced }).answer;

  it.each([
    ['Accept', true, null],
    ['accept ', true, null],
    ['Reject: not ours', false, 'not_ours'],
    ['Reject: too hard', false, 'Reject: too hard'],
  ])('is taken as it was chosen: %s (A-053)', (cell, accepts, code) => {
    expect(said(cell)).toMatchObject({ accepts, code });
  });

  it('is taken once, until another is chosen', () => {
    expect(said('Accept', { handoffAnswer: 'Accept' })).toBeNull();
    expect(said(null, { handoffAnswer: 'Accept' })).toBeNull();
    const key = said('Accept')?.key;
    expect(said('Accept')?.key).toBe(key);
    const again = look({ theirs: { handoffAnswer: 'Accept' }, handoffKey: key ?? null });
    expect(again.answer?.key).not.toBe(key);
  });
});

describe('the key of an asking', () => {
  const theirs = { handoffTo: 'review', handoffReason: 'An odd one' };

  it('is the same when the same is heard again, and another for another', () => {
    const { key } = look({ theirs });
    expect(look({ theirs }).key).toBe(key);
    expect(look({ theirs: { ...theirs, handoffTo: 'support' } }).key).not.toBe(key);
    expect(look({ theirs: { handoffTo: 'review' } }).key).not.toBe(key);
  });

  it('is another when the same is asked for again on purpose', () => {
    const { key } = look({ theirs });
    const cleared = look({ theirs: {}, synced: theirs, handoffKey: key });
    expect(look({ theirs, handoffKey: cleared.key }).key).not.toBe(key);
    expect(look({ theirs, handoffKey: key }).key).not.toBe(key);
  });

  it('stays while nobody touches the cells', () => {
    expect(look({ theirs, synced: theirs, handoffKey: 'as it was' }).key).toBe('as it was');
  });

  it('lets a reason stand that is typed once more in the same words', () => {
    const taken = look({ theirs });
    expect(wasTaken('An odd one', taken.key)).toBe(true);
    const again = look({ theirs: { handoffReason: 'An odd one' }, handoffKey: taken.key });
    expect([again.asked, wasTaken('An odd one', again.key)]).toEqual([null, false]);
  });
});
