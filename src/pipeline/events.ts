import type { LoadedConfig } from '../config/live.ts';
import type { SubscriptionConfig } from '../config/subscriptions.ts';
import { holds, subjectOf } from '../decide/conditions/index.ts';
import { eventsOf, type TurnOver } from '../decide/ticket-events.ts';
import { ticketShape } from '../decide/ticket-shape.ts';
import type { Reason } from '../domain/decision.ts';
import { sentenceOf } from '../domain/sentence.ts';
import { quote } from '../domain/sentences/words.ts';
import type { TicketEvent } from '../domain/ticket-event.ts';
import type { Desk, Records } from './desk.ts';

/** Receivers take bodies of up to 20 KB without a thought, so that texts in them are cut there; in characters. */
const LONGEST_MESSAGE = 3000;
const LONGEST_VALUE = 400;

/** Of a ticket, what the requester said in a survey; it goes along where messages do. */
const SAID_IN_SURVEY = 'surveyComment';

/** As much of the desk as it takes. */
export interface Teller extends Pick<Desk, 'now' | 'newId'> {
  config: Pick<LoadedConfig, 'subscriptions'>;
  records: Pick<Records, 'events'>;
}

/** Notes down what happened in a turn for each system that follows it, in the transaction of the turn. */
export function recordEvents(desk: Teller, turn: TurnOver): void {
  const { subscriptions } = desk.config;
  if (subscriptions.length === 0) return;
  const happened = eventsOf(turn);
  if (happened.length === 0) return;
  const subject = subjectOf(turn.after, desk.now);
  const views = new Map<boolean, View>();
  for (const subscription of subscriptions) {
    const told = happened.filter(({ type }) => subscription.events.has(type));
    if (told.length === 0 || holds(subscription.when, subject) === null) continue;
    const view = views.get(subscription.messages) ?? viewOf(turn, subscription.messages);
    views.set(subscription.messages, view);
    for (const event of told) desk.records.events.push(rowOf(desk, { turn, event, subscription, view }));
  }
}

interface Telling {
  turn: TurnOver;
  event: TicketEvent;
  subscription: SubscriptionConfig;
  view: View;
}

function rowOf(desk: Teller, { turn, event, subscription, view }: Telling): Records['events'][number] {
  const { say, ticket, changes } = view;
  const data = { why: say(event.why), ticket, changes, message: messageOf(event, subscription.messages) };
  return {
    id: `evt_${desk.newId(desk.now)}`,
    subscription: subscription.name,
    ticketKey: turn.after.key,
    type: event.type,
    body: JSON.stringify({ type: event.type, timestamp: desk.now, data }),
    nextAt: desk.now,
    createdAt: desk.now,
  };
}

/** What all events of a turn have in common, for those who may read what people wrote, and for those who may not. */
type View = ReturnType<typeof viewOf>;

/** Notes of the team are in none of it: neither in the ticket as it is shown, nor in changes, nor in messages. */
function viewOf({ after, reasons }: TurnOver, messages: boolean) {
  const say = messages ? asItIs : without(after.surveyComment);
  const { surveyComment, ...ticket } = shortened(ticketShape(after));
  const changes = reasons.flatMap((reason) => changeOf(reason, say) ?? []);
  return {
    say,
    ticket: { ...ticket, why: say(ticket.why), ...(messages && { surveyComment }) },
    changes: messages ? changes : changes.filter(({ field }) => field !== SAID_IN_SURVEY),
  };
}

function asItIs(sentence: string): string {
  return sentence;
}

/** A sentence that does not repeat what the requester said in the survey. */
function without(comment: string | null): (sentence: string) => string {
  return comment === null ? asItIs : (sentence) => sentence.replace(quote(comment), '“…”');
}

/** One line of the log, where it changed a field. */
function changeOf(reason: Reason, say: (sentence: string) => string) {
  const { change, source } = reason;
  if (change === null) return null;
  const by = { kind: source.kind, name: 'name' in source ? source.name : null };
  const { field, from, to } = shortened(change);
  return { field, from, to, by, why: say(sentenceOf(reason)) };
}

/** Who wrote is told in any case, and what only where the subscription says so. */
function messageOf({ message }: TicketEvent, isToldWhat: boolean) {
  if (message === null) return null;
  const { by, name, text } = message;
  return isToldWhat ? { by, name, text: cut(text, LONGEST_MESSAGE) } : { by, name };
}

function shortened<Shape extends object>(shape: Shape): Shape {
  const long = Object.entries(shape).filter(([, value]) => typeof value === 'string' && value.length > LONGEST_VALUE);
  return long.length === 0
    ? shape
    : { ...shape, ...Object.fromEntries(long.map(([name, value]) => [name, cut(String(value), LONGEST_VALUE)])) };
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}
