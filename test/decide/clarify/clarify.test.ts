import { describe, expect, it } from 'vitest';
import { applyEffect } from '../../../src/decide/apply.ts';
import { decide, type Judgement } from '../../../src/decide/index.ts';
import type { ClarifyRule } from '../../../src/decide/policy.ts';
import type { Occasion } from '../../../src/domain/occasion.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import {
  ALWAYS,
  aPolicy,
  aRequester,
  aRule,
  aTicket,
  at,
  MORNING,
  type PolicyWishes,
  received,
  someFacts,
} from '../../support/builders.ts';

const ASKS: ClarifyRule = {
  name: 'Which product',
  why: 'Each has a team.',
  owner: 'Ana',
  place: 'intake.yaml:2',
  when: ALWAYS,
  ask: [
    { field: 'product', question: 'Which product is it about?', choices: ['Shop', 'App'], rememberMinutes: null },
    { field: 'version', question: 'Which version?', choices: [], rememberMinutes: null },
  ],
  template: 'missing',
  remindAfterMinutes: 24 * 60,
  giveUpAfterMinutes: 48 * 60,
  calendar: null,
};

const BY_PRODUCT = aRule(
  { category: 'technical' as const },
  { when: { kind: 'is', field: 'fields.product', values: ['App'] } },
);

const AGENTS = ['Ana', 'Ben', 'Cy'].map((name) => ({ name, open: 0, lastAssignedAt: null, away: false }));

/** One turn, and the ticket after it. */
function turn(
  ticket: Ticket,
  occasion: Occasion,
  given: { now?: Temporal.Instant; intake?: PolicyWishes['intake'] } = {},
) {
  const { now = MORNING } = given;
  const replies = {
    missing: { name: 'missing', subject: 'One question', body: '{{ missing.questions }}' },
    received: { name: 'received', subject: 'We have it', body: 'Thanks.' },
  };
  const policy = aPolicy({
    intake: { clarify: [ASKS], acknowledgement: 'received', ...given.intake },
    triage: { rules: [BY_PRODUCT] },
    replies,
  });
  const judged = decide(ticket, occasion, { policy, facts: someFacts({ loads: AGENTS }), now });
  const after = judged.effects.reduce((each, effect) => applyEffect(each, effect, now), ticket);
  return {
    ...judged,
    ticket: after,
    codes: judged.reasons.map(({ code }) => code),
    said: judged.reasons.map(sentenceOf),
  };
}

function letters({ effects }: Pick<Judgement, 'effects'>) {
  return effects.filter((effect) => effect.kind === 'message');
}

function replied(text: string, when = MORNING): Occasion {
  return { kind: 'replied', by: 'customer', name: 'Greta', text, at: when };
}

/** A ticket that was asked about, five minutes ago. */
function asked(fields: Record<string, string> = {}): Ticket {
  return turn(aTicket({ fields }), received({ fields })).ticket;
}

describe('a request that leaves out what triage must know', () => {
  it('is asked about once, for only what is missing, and waits in its queue (A-012)', () => {
    const ticket = aTicket({ fields: { version: '4.2' } });
    const first = turn(ticket, received());
    expect(letters(first)).toEqual([
      {
        kind: 'message',
        key: `clarify:asked:${ticket.key}`,
        template: 'missing',
        to: 'greta@example.com',
        gaps: { 'missing.questions': 'Which product is it about? (Shop, App)' },
      },
    ]);
    expect(first.ticket).toMatchObject({
      status: 'needs_info',
      queue: 'support',
      assignee: null,
      category: null,
      needsReview: false,
    });
    expect(first.wakeAt).toEqual(MORNING.add({ hours: 24 }));
    expect(first.said).toContain('Asked greta@example.com for product (rule Which product).');
    expect(first.said).toContain('Sent no acknowledgement: a question goes out in its place.');
  });

  it('has its questions numbered where there are several', () => {
    const [letter] = letters(turn(aTicket(), received()));
    expect(letter?.kind === 'message' ? letter.gaps : null).toEqual({
      'missing.questions': '1. Which product is it about? (Shop, App)\n2. Which version?',
    });
  });

  it('goes on with the answer as if it had just come in (A-012)', () => {
    const { ticket, codes, said } = turn(asked(), replied('1. The app\n2. 4.2'));
    expect(ticket).toMatchObject({
      fields: { product: 'App', version: '4.2' },
      status: 'new',
      category: 'technical',
      assignee: 'Ana',
      clarification: { how: 'answered', endedAt: MORNING },
    });
    expect(codes).toContain('triage.category_by_rule');
    expect(said).toContain('Product is “App”, by the answer “1. The app”.');
    expect(said).toContain('Goes on: all that was asked is known.');
  });

  it('goes on with half an answer, and with one that tells nothing; then a person looks', () => {
    expect(turn(asked(), replied('It is the app.')).said).toContain(
      'Goes on: some of what was asked is known, and version is not.',
    );
    const { ticket, said } = turn(asked(), replied('Just help me.'));
    expect(ticket).toMatchObject({ status: 'new', needsReview: true, clarification: { how: 'unread' } });
    expect(said).toContain('Goes on: there is an answer, but not one that tells product and version by itself.');
  });

  it('is asked about once more, and then goes on with what there is (A-012)', () => {
    const waiting = asked();
    const reminded = turn(waiting, { kind: 'due' }, { now: MORNING.add({ hours: 24 }) });
    expect(letters(reminded)).toMatchObject([{ key: `clarify:reminded:${waiting.key}`, template: 'missing' }]);
    expect(reminded.ticket.status).toBe('needs_info');
    expect(reminded.wakeAt).toEqual(MORNING.add({ hours: 48 }));
    const later = turn(reminded.ticket, { kind: 'due' }, { now: MORNING.add({ hours: 47 }) });
    expect(letters(later)).toEqual([]);
    const over = turn(reminded.ticket, { kind: 'due' }, { now: MORNING.add({ hours: 48 }) });
    expect(over.ticket).toMatchObject({ status: 'new', queue: 'review', clarification: { how: 'gave_up' } });
    expect(over.said).toContain('Goes on without product and version: nobody answered.');
  });

  it('waits by the hours of a calendar where one is named', () => {
    const calendar = aPolicy().calendars['office'] ?? null;
    const intake = { clarify: [{ ...ASKS, remindAfterMinutes: null, giveUpAfterMinutes: 480, calendar }] };
    // Asked on Friday at 11:00 in Berlin, eight open hours end on Monday at 11:00.
    expect(turn(aTicket(), received(), { intake }).wakeAt).toEqual(at('2026-11-23T10:00:00Z'));
  });
});

describe('nobody is asked', () => {
  it('for what is known: by the form, by the account, by what was drawn out of the text (A-024)', () => {
    const known = aTicket({ fields: { Version: '4.2' }, requester: aRequester({ account: { product: 'App' } }) });
    const { ticket, effects, said } = turn(known, received());
    expect(letters({ effects })).toMatchObject([{ template: 'received' }]);
    expect(ticket).toMatchObject({ clarification: null, category: 'technical', fields: { product: 'App' } });
    expect(said).toContain('Need not ask for product: the account says “App”.');
  });

  it('twice, whatever becomes of the ticket (A-024)', () => {
    const answered = turn(asked(), replied('Just help me.')).ticket;
    const edited: Occasion = {
      kind: 'edited',
      by: 'Ben',
      at: MORNING,
      changes: [{ field: 'queue', from: 'support', to: 'review' }],
    };
    const moved = turn(answered, edited);
    expect(moved.effects.filter(({ kind }) => kind === 'message')).toEqual([]);
    expect(turn(moved.ticket, replied('And?')).effects.filter(({ kind }) => kind === 'message')).toEqual([]);
  });

  it('without an address, or behind one that no person reads; triage goes on at once and says so', () => {
    const nobody = turn(aTicket({ requester: aRequester({ email: null }) }), received());
    expect(nobody.ticket).toMatchObject({ status: 'new', queue: 'review', clarification: null });
    expect(nobody.said).toContain(
      'Goes on without product and version: nobody could be asked, as there is no address.',
    );
    const robot = turn(aTicket({ requester: aRequester({ email: 'no-reply@example.com' }) }), received());
    expect(robot.codes).toContain('clarify.not_asked');
  });

  it.each(['base', 'console'])('about a ticket that a person typed, over %s', (channel) => {
    expect(turn(aTicket({ channel }), received()).ticket.clarification).toBeNull();
  });

  it('any more once a person has taken it in hand', () => {
    const take: Occasion = {
      kind: 'edited',
      by: 'Ben',
      at: MORNING,
      changes: [{ field: 'assignee', from: null, to: 'Ben' }],
    };
    const { ticket } = turn(asked(), take);
    expect(ticket).toMatchObject({ assignee: 'Ben', clarification: { how: 'taken_over' } });
    const tagged: Occasion = { ...take, changes: [{ field: 'tags', from: [], to: ['vip'] }] };
    expect(turn(asked(), tagged).ticket.clarification).toMatchObject({ endedAt: null });
  });

  it('by a rule that is gone from the config', () => {
    const { ticket } = turn(asked(), { kind: 'due' }, { intake: { clarify: [] } });
    expect(ticket).toMatchObject({ status: 'new', clarification: { how: 'gave_up' } });
  });
});
