import { describe, expect, it } from 'vitest';
import { acknowledge } from '../../src/decide/acknowledge.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import { aPolicy, aRequester, aTicket, aTurn, MORNING, received, someFacts } from '../support/builders.ts';

const KEY = aTicket().key;

function acknowledged(
  given: {
    email?: string | null;
    template?: string | null;
    today?: number;
    occasion?: Occasion;
    openedAt?: Temporal.Instant;
  } = {},
) {
  const {
    email = 'greta@example.com',
    template = 'acknowledgement',
    today = 0,
    occasion = received(),
    openedAt = MORNING,
  } = given;
  const turn = aTurn({
    ticket: aTicket({ requester: aRequester({ email }), openedAt }),
    occasion,
    policy: aPolicy({ intake: { acknowledgement: template, acknowledgementsPerDay: 3 } }),
    facts: someFacts({ acknowledgementsToday: today }),
  });
  acknowledge(turn);
  return turn.finish();
}

describe('an acknowledgement', () => {
  it('goes out once for a new request (A-084)', () => {
    expect(acknowledged().effects).toEqual([
      { kind: 'message', key: `acknowledged:${KEY}`, template: 'acknowledgement', to: 'greta@example.com' },
    ]);
  });

  it('goes out up to the day’s last one', () => {
    expect(acknowledged({ today: 2 }).effects).toHaveLength(1);
  });

  it.each([
    ['is switched off', { template: null }, 'switched_off'],
    ['has no address to go to', { email: null }, 'no_address'],
    ['would be one too many today', { today: 3 }, 'capped'],
    ['comes for a row that is older than a day', { openedAt: MORNING.subtract({ hours: 25 }) }, 'too_late'],
    ['would go to a machine', { email: 'no-reply@shop.example' }, 'automatic_sender'],
  ])('stays away, with the reason, when it %s', (_, given, why) => {
    const { effects, reasons } = acknowledged(given);
    expect(effects).toEqual([]);
    expect(reasons).toMatchObject([{ code: 'respond.not_acknowledged', params: { why } }]);
  });

  it.each([
    'noreply@shop.example',
    'no.reply@shop.example',
    'no_reply@shop.example',
    'do-not-reply+4711@shop.example',
    'donotreply@shop.example',
    'mailer-daemon@mx.example',
    'postmaster@mx.example',
    'bounces+7=greta@lists.example',
    'bounce-12@lists.example',
  ])('takes %s for a machine (A-084)', (email) => {
    expect(acknowledged({ email }).effects).toEqual([]);
  });

  it.each(['norma.reply@shop.example', 'bouncer@club.example', 'reply@shop.example', 'postmasters@club.example'])(
    'takes %s for a person',
    (email) => {
      expect(acknowledged({ email }).effects).toHaveLength(1);
    },
  );

  it.each<Occasion>([
    { kind: 'due' },
    { kind: 'replied', by: 'customer', name: 'Greta', text: 'And?', at: MORNING },
    { kind: 'edited', by: 'Lea', at: MORNING, changes: [] },
  ])('is no matter of the occasion $kind', (occasion) => {
    expect(acknowledged({ occasion })).toMatchObject({ effects: [], reasons: [], wakeAt: null, wakes: [] });
  });
});
