import { describe, expect, it } from 'vitest';
import { type Arriving, whyNoTicket } from '../../src/decide/not-ticket.ts';
import { place } from '../../src/decide/placement.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aMessage, aPolicy, aTicket, MORNING, type PolicyWishes } from '../support/builders.ts';

/** Why a message is no ticket, beside tickets that are there already. */
function why(
  message: Partial<InboundMessage>,
  given: {
    tickets?: readonly Ticket[];
    intake?: PolicyWishes['intake'];
    isTooMuch?: boolean;
    named?: ReadonlyMap<string, string>;
  } = {},
) {
  const policy = aPolicy({ intake: given.intake ?? {} });
  const whole = aMessage(message);
  const candidates = (given.tickets ?? []).map((ticket) => ({
    key: ticket.key,
    number: ticket.number,
    requesterEmail: ticket.requester.email,
    status: ticket.status,
    openedAt: ticket.openedAt,
    fingerprint: '',
    text: ticket.description,
  }));
  const arriving: Arriving = {
    message: whole,
    ticket: aTicket({ subject: whole.subject, description: whole.text, requester: { ...whole.from, account: {} } }),
    placement: place(whole, candidates, { policy, now: MORNING, ...(given.named && { named: given.named }) }),
    policy,
    now: MORNING,
    isTooMuch: given.isTooMuch ?? false,
  };
  return whyNoTicket(arriving);
}

const OUT: InboundMessage['automatic'] = { kind: 'auto_reply', evidence: 'Auto-Submitted: auto-replied' };
const NEWS: InboundMessage['automatic'] = { kind: 'list', evidence: 'List-Id: Support <support.acme.example>' };
const QUOTING = { thread: { ticketNumber: 1042, ticketKey: null } };

describe('what is no ticket (A-013)', () => {
  it('is what a machine wrote, and the reason names the sign', () => {
    expect(why({ automatic: OUT })).toEqual({ kind: 'machine', automatic: OUT });
    expect(why({ automatic: NEWS })).toMatchObject({ kind: 'machine' });
    expect(why({})).toBeNull();
  });

  it('is not a notice of a machine, unless the desk says so', () => {
    const automatic: InboundMessage['automatic'] = { kind: 'notification', evidence: 'Auto-Submitted: auto-generated' };
    expect(why({ automatic })).toBeNull();
    expect(why({ automatic }, { intake: { leaveOut: ['notification'] } })).toMatchObject({ kind: 'machine' });
  });

  it('is not what came over a list of the desk itself', () => {
    expect(why({ automatic: NEWS }, { intake: { ownLists: ['support.acme.example'] } })).toBeNull();
  });

  it('is always a message of ours that came back', () => {
    const automatic: InboundMessage['automatic'] = { kind: 'own', evidence: 'X-Loop: help@desk.example' };
    expect(why({ automatic }, { intake: { leaveOut: [] } })).toMatchObject({ kind: 'machine' });
    expect(why({ automatic, ...QUOTING }, { tickets: [aTicket()] })).toMatchObject({ kind: 'machine' });
  });

  it('is not what answers a ticket: that is noted there', () => {
    expect(why({ automatic: OUT, ...QUOTING }, { tickets: [aTicket()] })).toBeNull();
    expect(why({ automatic: NEWS, ...QUOTING }, { tickets: [aTicket()] })).toBeNull();
  });

  it('is a letter that came back, whatever number and address it names, unless it answers a mail of a ticket', () => {
    const bounce: Partial<InboundMessage> = {
      automatic: { kind: 'bounce', evidence: 'From: mailer-daemon@mx.example' },
      from: { name: '', email: 'mailer-daemon@mx.example' },
    };
    const tickets = [aTicket()];
    expect(why({ ...bounce, text: 'greta@example.com: no such user' }, { tickets })).toMatchObject({ kind: 'machine' });
    expect(why({ ...bounce, ...QUOTING, text: 'No such user.' }, { tickets })).toMatchObject({ kind: 'machine' });
    const forged = { ...bounce, ...QUOTING, text: 'greta@example.com: no such user' };
    expect(why(forged, { tickets })).toMatchObject({ kind: 'machine' });
    const thread = { ticketNumber: null, ticketKey: null, belongsTo: ['mail:1@desk.example'] };
    expect(
      why({ ...bounce, thread }, { tickets, named: new Map([['mail:1@desk.example', aTicket().key]]) }),
    ).toBeNull();
  });

  it.each([
    { subject: 'Thanks!', text: 'Thanks!' },
    { subject: 'Re: Printer', text: 'Perfect, thank you!\n\nGreta' },
    { subject: '', text: 'Vielen Dank!' },
  ])('is bare thanks: %j', (message) => {
    expect(why(message)).toEqual({ kind: 'thanks' });
  });

  it.each([
    { subject: 'The printer burns', text: 'Thanks!' },
    { subject: 'Re: Printer', text: 'Thanks, but it still does not print.' },
    { subject: '', text: 'Thanks!', fields: { product: 'printer' } },
    { subject: '', text: 'Thanks!', attachments: [{ name: 'a.png', contentType: 'image/png', size: 1, url: null }] },
  ])('is not thanks beside something else: %j', (message) => {
    expect(why(message)).toBeNull();
  });

  it('is thanks to no ticket, while thanks to one, closed or not, are heard there', () => {
    const thanks = { ...QUOTING, subject: 'Re: Printer', text: 'Thank you!' };
    const ended = { resolvedAt: MORNING, closedAt: MORNING };
    expect(why(thanks, { tickets: [] })).toEqual({ kind: 'thanks' });
    expect(why(thanks, { tickets: [aTicket({ status: 'closed', ...ended })] })).toBeNull();
    expect(why(thanks, { tickets: [aTicket({ status: 'resolved', ...ended })] })).toBeNull();
    expect(why(thanks, { intake: { leaveOut: [] } })).toBeNull();
  });

  it('is what a rule of the desk says, over the message as it came', () => {
    const rule = {
      name: 'Link offers',
      why: 'Nobody answers them.',
      owner: 'Ana',
      place: 'intake.yaml:2',
      when: { kind: 'is' as const, field: 'requester.domain', values: ['links.example'] },
    };
    const from = { name: 'Lin', email: 'lin@links.example' };
    expect(why({ from }, { intake: { notTickets: [rule] } })).toEqual({ kind: 'rule', rule });
    expect(why({}, { intake: { notTickets: [rule] } })).toBeNull();
  });

  it('is one message too many of its sender', () => {
    expect(why({}, { isTooMuch: true })).toEqual({ kind: 'too_many' });
    expect(why(QUOTING, { tickets: [aTicket()], isTooMuch: true })).toEqual({ kind: 'too_many' });
  });
});
