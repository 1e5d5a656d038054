import type { Reason } from '../../src/domain/decision.ts';
import { NOTICE_KINDS } from '../../src/domain/effect.ts';
import type { Handoff } from '../../src/domain/handoff.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import type { Agent } from '../../src/domain/person.ts';
import { METHODS, type Queue } from '../../src/domain/queue.ts';
import type { Requester } from '../../src/domain/requester.ts';
import { USUAL_STATUS_NAMES } from '../../src/domain/status-names.ts';
import { PRIORITIES, SEVERITIES, STATUSES, type Ticket, undecidedTicket } from '../../src/domain/ticket.ts';
import { type Condition, NEVER } from '../../src/decide/condition.ts';
import { EMPTY_BOOK } from '../../src/decide/customers/book.ts';
import type { Article, HandoffContract, Policy, Rule, SlaPolicy, TriageThen } from '../../src/decide/policy.ts';
import { type Facts, NO_INCIDENTS } from '../../src/decide/facts.ts';
import { beginTurn, type Turn } from '../../src/decide/turn.ts';
import { aCalendar } from './calendars.ts';

/**
 * Complete, believable nouns for tests. Each takes what the test is about and fills in the rest; each
 * throws on nonsense, so that a test can't pass on a ticket that could not exist.
 */

export { aCalendar } from './calendars.ts';

/** Holds for every ticket. */
export const ALWAYS: Condition = { kind: 'all', of: [] };

/** A Friday morning at work: 11:00 in Berlin. */
export const MORNING = at('2026-11-20T10:00:00Z');

/** An instant, from ISO text with an offset. */
export function at(written: string): Temporal.Instant {
  return Temporal.Instant.from(written);
}

/** An instant, from a local time: `local('2026-11-20T09:00', 'Europe/Berlin')`. */
export function local(written: string, timeZone: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(written).toZonedDateTime(timeZone).toInstant();
}

export function aRequester(overrides: Partial<Requester> = {}): Requester {
  const requester = { name: 'Greta Holm', email: 'greta@example.com', account: {}, ...overrides };
  insist(requester.email === null || /^[^\sA-Z]+@[^\sA-Z]+$/.test(requester.email), `e-mail ${requester.email}`);
  return requester;
}

export function aMessage(overrides: Partial<InboundMessage> = {}): InboundMessage {
  return {
    externalId: null,
    sentAt: null,
    from: { name: 'Greta Holm', email: 'greta@example.com' },
    subject: 'Payment failed twice',
    text: 'My payment failed twice and my card was charged.',
    account: {},
    fields: {},
    attachments: [],
    thread: { ticketNumber: null, ticketKey: null },
    automatic: null,
    ...overrides,
  };
}

export function aTicket(overrides: Partial<Ticket> = {}): Ticket {
  const number = overrides.number ?? 1042;
  const openedAt = overrides.openedAt ?? MORNING;
  const ticket: Ticket = {
    ...undecidedTicket({ priority: 'medium', queue: 'support', now: openedAt }),
    key: `01JD3G2N0000000000000${String(number).padStart(5, '0')}`,
    number,
    subject: 'Payment failed twice',
    description: 'My payment failed twice and my card was charged.',
    requester: aRequester(),
    channel: 'website',
    externalId: null,
    openedAt,
    lastCustomerMessageAt: openedAt,
    assignmentCount: overrides.assignee === undefined || overrides.assignee === null ? 0 : 1,
    ...overrides,
  };
  insistOnTicket(ticket);
  return ticket;
}

function insistOnTicket(ticket: Ticket): void {
  insist(ticket.queue !== '', 'a ticket without a queue');
  insist(ticket.assignee !== '', 'an assignee without a name');
  insist(STATUSES.includes(ticket.status), `status ${ticket.status}`);
  insist(PRIORITIES.includes(ticket.priority), `priority ${ticket.priority}`);
  insist(ticket.severity === null || SEVERITIES.includes(ticket.severity), `severity ${ticket.severity}`);
  insist(ticket.confidence === null || (ticket.confidence >= 0 && ticket.confidence <= 1), 'confidence beyond 0..1');
  insist(ticket.status !== 'resolved' || ticket.resolvedAt !== null, 'a resolved ticket without resolvedAt');
  insist(ticket.status !== 'closed' || ticket.closedAt !== null, 'a closed ticket without closedAt');
  insist(ticket.assignee === null || ticket.waiting === null, 'an assigned ticket that waits for a person');
}

export function anAgent(overrides: Partial<Agent> = {}): Agent {
  const agent: Agent = {
    name: 'Ana',
    email: `${(overrides.name ?? 'Ana').toLowerCase().replaceAll(' ', '.')}@desk.example`,
    handles: {},
    skills: [],
    calendar: null,
    timeOff: [],
    cap: null,
    weight: 1,
    away: false,
    switchedIn: 'console',
    ...overrides,
  };
  insist(agent.name !== '', 'an agent without a name');
  insist(agent.cap === null || (Number.isInteger(agent.cap) && agent.cap >= 0), `cap ${agent.cap}`);
  insist(agent.weight >= 0, `weight ${agent.weight}`);
  for (const { from, until } of agent.timeOff) {
    insist(Temporal.Instant.compare(from, until) < 0, 'time off that ends before it begins');
  }
  return agent;
}

export function aQueue(overrides: Partial<Queue> = {}): Queue {
  const queue: Queue = {
    name: 'support',
    members: ['Ana', 'Ben', 'Cy'],
    method: 'round_robin',
    loadBy: 'percent',
    skills: [],
    calendar: null,
    mayExceedCap: false,
    giveBackMinutes: null,
    whenOwnerIsOff: 'keep',
    fallback: [],
    notify: [],
    ...overrides,
  };
  insist(queue.name !== '', 'a queue without a name');
  insist(METHODS.includes(queue.method), `method ${queue.method}`);
  insist(new Set(queue.members).size === queue.members.length, 'a member twice');
  return queue;
}

/** Any queue hands to any other at once, and tells the requester nothing, unless given. */
export function aContract(overrides: Partial<HandoffContract> = {}): HandoffContract {
  return {
    name: 'Any to any',
    why: 'So that nobody is surprised.',
    owner: 'support lead',
    place: 'routing.yaml:1',
    from: null,
    to: null,
    needs: [],
    transfer: 'accept',
    answerMinutes: 240,
    calendar: null,
    remindMinutes: null,
    customer: null,
    reasonCodes: ['not_ours', 'more_information'],
    ...overrides,
  };
}

/** A plain hand-off from support to review, which moved at once. */
export function aHandoff(overrides: Partial<Handoff> = {}): Handoff {
  return {
    instance: 1,
    from: 'support',
    to: 'review',
    by: 'Ana',
    at: MORNING,
    reason: null,
    assignee: null,
    way: 'transfer',
    state: 'accepted',
    missing: [],
    askedAt: null,
    remindedAt: null,
    endedAt: null,
    answeredBy: null,
    code: null,
    followers: [],
    heard: [],
    ...overrides,
  };
}

/** A rule that says what it is told; `when` holds always unless given. */
export function aRule<Then>(then: Then, overrides: Partial<Omit<Rule<Then>, 'then'>> = {}): Rule<Then> {
  return {
    name: 'Failed payment goes to billing',
    why: 'Only finance can mend it.',
    owner: 'finance lead',
    when: ALWAYS,
    place: 'rules.yaml:1',
    ...overrides,
    then,
  };
}

/** What a test says of a policy: lists instead of records, parts instead of wholes. */
export interface PolicyWishes {
  version?: string;
  desk?: Partial<Policy['desk']>;
  categories?: readonly string[];
  calendars?: readonly Policy['calendars'][string][];
  agents?: readonly Agent[];
  queues?: readonly Queue[];
  triage?: Partial<Omit<Policy['triage'], 'rules'>> & { rules?: readonly Rule<TriageThen>[] };
  routing?: Partial<Policy['routing']>;
  escalation?: Partial<Policy['escalation']>;
  sla?: { policies?: readonly SlaPolicy[]; pausedIn?: Policy['sla']['pausedIn'] };
  notices?: Partial<Policy['notices']>;
  incidents?: Policy['incidents'];
  related?: number;
  intake?: Partial<Policy['intake']>;
  customers?: Policy['customers'];
  followUp?: Partial<Policy['followUp']>;
  replies?: Policy['replies'];
  offers?: Partial<Policy['offers']>;
}

/** Every notice by mail, at once. */
const BY_MAIL: Policy['notices'] = {
  ways: {},
  by: waysForAll(['email']),
  urgent: { notices: [], when: { kind: 'any', of: [] } },
  gather: null,
  quiet: null,
};

/** The same ways for all notices. */
export function waysForAll(ways: readonly string[]): Policy['notices']['by'] {
  return Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, ways])) as Policy['notices']['by'];
}

const NO_FOLLOW_UP: Policy['followUp'] = {
  closing: null,
  silence: null,
  summary: null,
  checkIns: [],
  survey: null,
  gratitude: [],
};

/**
 * A small desk in Berlin: Ana, Ben and Cy in `support`, a `review` queue from which people take by hand,
 * one calendar `office`. A policy whose names lead nowhere is refused, unless `broken` says that it is the point.
 */
export function aPolicy(wishes: PolicyWishes = {}, { broken = false } = {}): Policy {
  const policy: Policy = {
    version: wishes.version ?? 'a1b2c3d4',
    desk: {
      name: 'Test desk',
      prefix: 'T',
      timeZone: 'Europe/Berlin',
      language: 'en',
      firstNumber: 1000,
      ...wishes.desk,
      statuses: { ...USUAL_STATUS_NAMES, ...wishes.desk?.statuses },
    },
    categories: wishes.categories ?? ['billing', 'technical', 'account'],
    calendars: byName(wishes.calendars ?? [aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00', { name: 'office' })]),
    agents: wishes.agents ?? ['Ana', 'Ben', 'Cy'].map((name) => anAgent({ name })),
    queues: byName(wishes.queues ?? [aQueue(), aQueue({ name: 'review', members: [], method: 'none' })]),
    triage: {
      rules: [],
      defaultPriority: 'medium',
      priorityBySeverity: {},
      frustration: null,
      reviewQueue: 'review',
      proposes: ['priority', 'queue'],
      model: null,
      keptFromModels: { channels: [], categories: [] },
      showsGuesses: false,
      tags: null,
      tagsFrom: [],
      steps: {},
      selfService: {},
      ...wishes.triage,
    },
    escalation: { definitions: [], lastResort: [], ...wishes.escalation },
    notices: { ...BY_MAIL, ...wishes.notices },
    routing: { rules: [], defaultQueue: 'support', handoffs: [], ...wishes.routing },
    incidents: wishes.incidents ?? null,
    related: wishes.related ?? 0,
    sla: { policies: [], pausedIn: {}, ...wishes.sla },
    intake: {
      duplicateWindowMinutes: 10,
      acknowledgement: null,
      acknowledgementsPerDay: 5,
      extract: [],
      notTickets: [],
      leaveOut: ['auto_reply', 'bounce', 'list', 'spam', 'thanks'],
      ownLists: [],
      breaker: null,
      clarify: [],
      light: null,
      lettersPerDay: 10,
      ...wishes.intake,
    },
    customers: wishes.customers ?? EMPTY_BOOK,
    followUp: { ...NO_FOLLOW_UP, ...wishes.followUp },
    replies: wishes.replies ?? {},
    offers: { drafts: [], articles: [], areInBase: false, ...wishes.offers },
  };
  if (!broken) insistOnPolicy(policy);
  return policy;
}

function byName<Named extends { name: string }>(list: readonly Named[]): Record<string, Named> {
  const record = Object.fromEntries(list.map((named) => [named.name, named]));
  insist(Object.keys(record).length === list.length, 'a name twice');
  return record;
}

function insistOnPolicy(policy: Policy): void {
  const agents = new Set(policy.agents.map(({ name }) => name));
  const calendars = new Set<string | null>([null, ...Object.keys(policy.calendars)]);
  insist(agents.size === policy.agents.length, 'an agent twice');
  insist(policy.routing.defaultQueue in policy.queues, `default queue ${policy.routing.defaultQueue}`);
  insist(policy.triage.reviewQueue in policy.queues, `review queue ${policy.triage.reviewQueue}`);
  for (const agent of policy.agents) insist(calendars.has(agent.calendar), `calendar ${agent.calendar}`);
  for (const queue of Object.values(policy.queues)) {
    insist(calendars.has(queue.calendar), `calendar ${queue.calendar}`);
    for (const member of queue.members) insist(agents.has(member), `member ${member} of ${queue.name}`);
    for (const { then } of queue.fallback) {
      insist(then.to !== 'queue' || then.queue in policy.queues, `a fallback of ${queue.name} to no queue`);
      insist(then.to !== 'agent' || agents.has(then.agent), `a fallback of ${queue.name} to nobody`);
    }
  }
  for (const { then } of policy.routing.rules) {
    insist(then.queue === undefined || then.queue in policy.queues, `a rule to queue ${then.queue}`);
  }
  for (const { then } of policy.triage.rules) {
    insist(then.category === undefined || policy.categories.includes(then.category), `category ${then.category}`);
  }
}

/** An article for customers that nobody has approved, about nothing in particular. */
export function anArticle(overrides: Partial<Article> = {}): Article {
  return {
    name: 'payment',
    title: 'When a payment fails',
    url: null,
    audience: 'customer',
    approved: false,
    category: null,
    language: null,
    keywords: [],
    body: '',
    when: NEVER,
    place: 'articles/payment.md',
    ...overrides,
  };
}

/** Nobody has anything to do, no acknowledgement went out today, and a survey could be answered. */
export function someFacts(overrides: Partial<Facts> = {}): Facts {
  const known = {
    exchange: [],
    earlier: [],
    customer: null,
    internalNotes: 0,
    language: null,
    articles: [],
    lastSurveyAt: null,
    further: null,
    opinions: [],
    proposals: null,
    record: null,
    hasSurveyPage: true,
  };
  return { loads: [], acknowledgementsToday: 0, ...known, ...NO_INCIDENTS, ...overrides };
}

/** A new request as the occasion of a turn. */
export function received(overrides: Partial<InboundMessage> = {}): Occasion {
  return { kind: 'received', message: aMessage(overrides) };
}

/** A look at a ticket, as the stages of `decide` get it. */
export function aTurn(given: {
  ticket?: Ticket;
  occasion?: Occasion;
  policy?: Policy;
  facts?: Facts;
  now?: Temporal.Instant;
}): Turn {
  const { ticket = aTicket(), occasion = received(), policy = aPolicy(), facts = someFacts(), now = MORNING } = given;
  return beginTurn(ticket, occasion, { policy, facts, now });
}

/** Why something was decided, for tests that are not about why. */
export function aReason(overrides: Partial<Reason> = {}): Reason {
  return {
    stage: 'intake',
    code: 'intake.received',
    params: {},
    change: null,
    evidence: [],
    source: { kind: 'default' },
    opinion: null,
    ...overrides,
  };
}

function insist(isSane: boolean, nonsense: string): void {
  if (!isSane) throw new Error(`This test asks for nonsense: ${nonsense}.`);
}
