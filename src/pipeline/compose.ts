import { wayToPerson } from '../config/answer-words.ts';
import { portalIn } from '../config/channels.ts';
import { AGENT_REPLY, renderReply, replyValues, type ReplyValues } from '../config/replies.ts';
import type { outbox } from '../db/schema.ts';
import { replyIn, versionOf } from '../decide/replies.ts';
import type { Effect } from '../domain/effect.ts';
import { SCORES } from '../domain/follow-up.ts';
import { recipientOf, type Ticket } from '../domain/ticket.ts';
import type { Desk } from './desk.ts';
import { writeNotice } from './notices/write.ts';

type Outgoing = typeof outbox.$inferInsert;

/**
 * What is to leave the house because of an effect, written out now: a later change of template or ticket
 * does not change what was decided, and a retry says the same words.
 */
export function compose(desk: Desk, ticket: Ticket, effect: Effect): readonly Outgoing[] {
  switch (effect.kind) {
    case 'message':
      return [toRequester(desk, ticket, effect)];
    case 'notify':
      return writeNotice(desk, ticket, effect);
    default:
      return [];
  }
}

/** An agent's answer, in the desk's letter. */
export function composeReply(desk: Desk, ticket: Ticket, reply: { id: string; text: string; by: string }): Outgoing[] {
  const to = recipientOf(ticket);
  if (to === null) return [];
  const { policy } = desk.config;
  const around = replyIn(policy.replies, { reply: AGENT_REPLY, language: ticket.language }) ?? PLAIN_REPLY;
  const said = { 'reply.text': reply.text, 'reply.author': reply.by };
  const written = renderReply(around, { ...valuesOf(desk, ticket), ...said }, policy.desk);
  return [
    {
      ...letter(desk, ticket),
      ...wayTo(ticket),
      ...written,
      key: `reply:${reply.id}`,
      kind: 'message',
      recipient: to,
      template: 'reply',
    },
  ];
}

/** For a desk that has no `replies/reply.md`. */
const PLAIN_REPLY = {
  name: 'reply',
  subject: 'Re: {{ ticket.subject }} [{{ ticket.number }}]',
  body: '{{ reply.text }}',
};

function toRequester(desk: Desk, ticket: Ticket, effect: Extract<Effect, { kind: 'message' }>): Outgoing {
  const { policy } = desk.config;
  const template = replyIn(policy.replies, { reply: effect.template, language: ticket.language });
  if (template === null) throw new Error(`decide asked for the template ${effect.template}, which does not exist`);
  const survey = effect.leadsTo === 'survey' ? surveyLinks(desk, ticket) : {};
  const person = { 'answer.person': wayToPerson(versionOf(template.name).language ?? policy.desk.language) };
  const values = { ...valuesOf(desk, ticket), ...person, ...effect.gaps, ...survey };
  const written = renderReply(template, values, policy.desk);
  return {
    ...letter(desk, ticket),
    ...wayTo(ticket),
    ...written,
    key: effect.key,
    kind: 'message',
    recipient: effect.to,
    template: effect.template,
  };
}

/** What every letter can say. */
function valuesOf({ config, pages, now }: Desk, ticket: Ticket): ReplyValues {
  const link = portalIn(config.channels) === null ? null : pages.linkTo('ticket', ticket.key, now);
  return { ...replyValues(config.policy, ticket), 'ticket.link': link ?? '' };
}

/** One for each score, and one without. */
function surveyLinks({ pages, now }: Desk, { key }: Ticket): ReplyValues {
  const link = pages.linkTo('survey', key, now) ?? '';
  const scored = SCORES.map((score) => [`survey.link${score}`, `${link}?score=${score}`]);
  return { 'survey.link': link, ...Object.fromEntries(scored) };
}

/** Over which channel, and in which thread of it, a message reaches the requester; by mail when over none. */
function wayTo({ conversation }: Ticket) {
  return { via: conversation?.channel ?? null, thread: conversation?.thread ?? null };
}

function letter(desk: Desk, ticket: Ticket) {
  return { ticketKey: ticket.key, nextAt: desk.now, createdAt: desk.now };
}
