import { CLARIFICATION_ENDS } from '../../src/domain/clarification.ts';
import { ADVISERS, FRUSTRATIONS, type Opinion, SENTIMENTS } from '../../src/domain/opinion.ts';
import { PROPOSED_FIELDS, type Proposal } from '../../src/domain/proposal.ts';
import { SELF_SERVICE_ENDS } from '../../src/domain/self-service.ts';
import { describe, expect, it } from 'vitest';
import { CLOCK_KINDS, METRICS, type Clock, type ClockEvent } from '../../src/domain/clock.ts';
import { type Escalation, HIGHEST_LEVEL } from '../../src/domain/escalation.ts';
import { SCORES } from '../../src/domain/follow-up.ts';
import { PRIORITIES, SEVERITIES, SLA_STATES, STATUSES, type Ticket } from '../../src/domain/ticket.ts';
import { revive } from '../../src/kit/json.ts';
import { memoryOf, recall } from '../../src/sync/memory.ts';
import { HANDOFF_NEWS, HANDOFF_STATES, HANDOFF_WAYS } from '../../src/domain/handoff.ts';
import { aHandoff, aTicket, at, MORNING } from '../support/builders.ts';
import { fc } from '../support/properties.ts';

const LONGEST = 100_000;

/** Any text but halves of a character and NUL, which no database of ours holds. */
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((each) => !each.includes('\0'));
/** What is read back passes a schema, and that leaves out the one name that is none. */
const name = text.filter((each) => each !== '' && each !== '__proto__');
const moment = fc
  .bigInt({ min: 0n, max: 4_000_000_000_000_000n })
  .map((microseconds) => Temporal.Instant.fromEpochNanoseconds(microseconds * 1000n));
const count = fc.nat({ max: 500 });

const event: fc.Arbitrary<ClockEvent> = fc.oneof(
  fc.record({ type: fc.constantFrom('start', 'pause', 'resume', 'reopen'), at: moment }),
  fc.record({ type: fc.constant('stop' as const), at: moment }),
  fc.record({
    type: fc.constant('stop' as const),
    at: moment,
    result: fc.record({ countedMinutes: count, dueAt: maybe(moment) }),
  }),
  fc.record({ type: fc.constant('set_target' as const), at: moment, targetMinutes: count, countedMinutes: count }),
);

const clock: fc.Arbitrary<Clock> = fc.record({
  metric: fc.constantFrom(...METRICS),
  kind: fc.constantFrom(...CLOCK_KINDS),
  instance: fc.integer({ min: 1, max: 9 }),
  policy: name,
  calendar: maybe(name),
  targetMinutes: count,
  events: fc.array(event, { maxLength: 4 }),
  dueAt: maybe(moment),
  warnShare: fc.constantFrom(0, 0.5, 0.8, 1),
  droppedAt: maybe(moment),
  warnedAt: maybe(moment),
  breachedAt: maybe(moment),
  detectedAt: maybe(moment),
});

const level = fc.integer({ min: 0, max: HIGHEST_LEVEL });

const escalation: fc.Arbitrary<Escalation> = fc.record({
  episode: count,
  raised: fc.array(
    fc.record({
      kind: fc.constantFrom('definition', 'person'),
      name,
      level,
      startedAt: moment,
      endedAt: maybe(moment),
    }),
    { maxLength: 3 },
  ),
  told: fc.array(fc.record({ to: name, level }), { maxLength: 3 }),
  letters: fc.array(name, { maxLength: 2 }),
  priorityBefore: maybe(fc.constantFrom(...PRIORITIES)),
});

function override(to: fc.Arbitrary<string | readonly string[] | null>) {
  return fc.record({ by: name, at: moment, from: to, to });
}

const overrides = fc.record(
  {
    category: override(name),
    severity: override(fc.constantFrom(...SEVERITIES)),
    priority: override(fc.constantFrom(...PRIORITIES)),
    queue: override(name),
    assignee: override(maybe(name)),
    tags: override(fc.array(name, { maxLength: 3 })),
    accountable: override(name),
  },
  { requiredKeys: [] },
);

const share = fc.double({ min: 0, max: 1, noNaN: true }).map((each) => each + 0);

const nearest = maybe(fc.record({ number: fc.integer({ min: 1, max: 9000 }), subject: text }));
const proposal: fc.Arbitrary<Proposal> = fc.record({
  field: fc.constantFrom(...PROPOSED_FIELDS),
  value: name,
  confidence: share,
  threshold: share,
  words: fc.array(name, { maxLength: 5 }),
  nearest,
  name,
});
const opinion: fc.Arbitrary<Opinion> = fc.record({
  from: fc.constantFrom(...ADVISERS),
  name,
  categories: fc.array(fc.record({ value: name, confidence: share }), { maxLength: 3 }),
  threshold: share,
  words: fc.array(name, { maxLength: 5 }),
  nearest,
  reading: maybe(
    fc.record({
      severity: maybe(fc.constantFrom(...SEVERITIES)),
      product: maybe(name),
      language: maybe(name),
      sentiment: maybe(fc.constantFrom(...SENTIMENTS)),
      frustration: maybe(fc.constantFrom(...FRUSTRATIONS)),
      intent: maybe(name),
      reason: text,
      summary: maybe(name),
      fields: fc.dictionary(name, text, { maxKeys: 2 }),
    }),
  ),
});

/** Tickets that need not make sense, as long as they could be written down. */
const ticket: fc.Arbitrary<Ticket> = fc.record({
  key: fc.constant('01JD3G2N000000000000001042'),
  number: fc.integer({ min: 1, max: 1_000_000 }),
  subject: text,
  description: text,
  requester: fc.record({
    name: text,
    email: maybe(name),
    account: fc.dictionary(name, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 3 }),
  }),
  channel: name,
  externalId: maybe(name),
  fields: fc.dictionary(name, text, { maxKeys: 3 }),
  row: fc.dictionary(name, fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text)), { maxKeys: 3 }),
  language: maybe(name),
  temper: maybe(
    fc.record({
      level: fc.constantFrom('annoyed' as const, 'angry' as const),
      quotes: fc.array(text, { maxLength: 2 }),
      isOfRequest: fc.boolean(),
    }),
  ),
  status: fc.constantFrom(...STATUSES),
  category: maybe(name),
  severity: maybe(fc.constantFrom(...SEVERITIES)),
  priority: fc.constantFrom(...PRIORITIES),
  tags: fc.uniqueArray(name, { maxLength: 3 }),
  queue: name,
  assignee: maybe(name),
  needsReview: fc.boolean(),
  stepsDone: fc.uniqueArray(name, { maxLength: 3 }),
  escalationLevel: level,
  accountable: maybe(name),
  confidence: maybe(share),
  categoryFrom: maybe(fc.record({ by: fc.constantFrom('rule', ...ADVISERS), name })),
  opinions: fc.array(opinion, { maxLength: 2 }),
  proposals: fc.array(proposal, { maxLength: 2 }),
  advice: maybe(
    fc.record({
      of: name,
      by: maybe(name),
      category: maybe(name),
      askedAt: moment,
      endedAt: maybe(moment),
      failure: maybe(name),
    }),
  ),
  summary: maybe(name),
  why: text,
  clocks: fc.array(clock, { maxLength: 3 }),
  firstResponseDueAt: maybe(moment),
  resolutionDueAt: maybe(moment),
  slaState: fc.constantFrom(...SLA_STATES),
  waiting: maybe(fc.record({ queue: name, startedAt: moment, step: count })),
  givenAt: maybe(moment),
  declinedBy: fc.array(name, { maxLength: 2 }),
  draft: maybe(
    fc.record({
      of: name,
      by: maybe(name),
      text: maybe(name),
      sources: fc.array(
        fc.oneof(
          fc.record({ kind: fc.constantFrom('reply' as const, 'article' as const), name }),
          fc.record({ kind: fc.constant('ticket' as const), number: fc.integer({ min: 1, max: 9999 }) }),
        ),
        { maxLength: 3 },
      ),
      askedAt: moment,
      endedAt: maybe(moment),
      failure: maybe(name),
    }),
  ),
  suggestion: maybe(fc.record({ reply: maybe(name), articles: fc.array(name, { maxLength: 3 }) })),
  handoff: maybe(
    fc.record({
      instance: fc.integer({ min: 1, max: 9 }),
      from: name,
      to: name,
      by: name,
      at: moment,
      reason: maybe(text),
      assignee: maybe(name),
      way: fc.constantFrom(...HANDOFF_WAYS),
      state: fc.constantFrom(...HANDOFF_STATES),
      missing: fc.array(name, { maxLength: 2 }),
      askedAt: maybe(moment),
      remindedAt: maybe(moment),
      endedAt: maybe(moment),
      answeredBy: maybe(name),
      code: maybe(name),
      followers: fc.array(name, { maxLength: 2 }),
      heard: fc.uniqueArray(fc.constantFrom(...HANDOFF_NEWS)),
    }),
  ),
  collaborators: fc.uniqueArray(name, { maxLength: 2 }),
  clarification: maybe(
    fc.record({
      rule: name,
      asked: fc.array(fc.record({ field: name, question: text }), { maxLength: 2 }),
      askedAt: moment,
      remindedAt: maybe(moment),
      endedAt: maybe(moment),
      how: maybe(fc.constantFrom(...CLARIFICATION_ENDS)),
    }),
  ),
  selfService: maybe(
    fc.record({
      template: name,
      article: maybe(fc.record({ name, title: name })),
      sentAt: moment,
      endedAt: maybe(moment),
      how: maybe(fc.constantFrom(...SELF_SERVICE_ENDS)),
    }),
  ),
  isLight: fc.boolean(),
  mute: maybe(fc.record({ why: fc.constantFrom('machine', 'bounced'), address: name, evidence: text, at: moment })),
  conversation: maybe(fc.record({ channel: name, to: name, thread: maybe(name), name: maybe(name), at: moment })),
  letters: maybe(fc.record({ firstAt: moment, count })),
  escalation: maybe(escalation),
  progress: maybe(fc.record({ idleSinceAt: maybe(moment), ownerChanges: count, settledContacts: count })),
  incident: maybe(fc.integer({ min: 1, max: 1_000_000 })),
  incidentReport: maybe(fc.record({ isTold: fc.boolean(), endedAt: maybe(moment) })),
  knownIncident: fc.boolean(),
  incidentMessage: maybe(text),
  linkedCount: count,
  related: fc.array(
    fc.record({
      number: fc.integer({ min: 1, max: 1_000_000 }),
      by: fc.constantFrom('text', 'requester', 'account'),
      status: fc.constantFrom(...STATUSES),
      subject: text,
    }),
    { maxLength: 3 },
  ),
  resolution: maybe(text),
  satisfaction: maybe(fc.constantFrom(...SCORES)),
  surveyComment: maybe(text),
  followUpOf: maybe(fc.record({ key: name, number: fc.integer({ min: 1, max: 1_000_000 }) })),
  silence: maybe(fc.record({ startedAt: moment, remindedAt: maybe(moment) })),
  summaryDueAt: maybe(moment),
  checkIns: fc.array(fc.record({ name, dueAt: moment }), { maxLength: 2 }),
  surveyedAt: maybe(moment),
  overrides,
  openedAt: moment,
  createdAt: moment,
  updatedAt: moment,
  firstRespondedAt: maybe(moment),
  resolvedAt: maybe(moment),
  closedAt: maybe(moment),
  lastCustomerMessageAt: moment,
  lastAgentMessageAt: maybe(moment),
  reopenCount: count,
  contactCount: count,
  assignmentCount: count,
});

function maybe<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: null });
}

/** What is remembered, as JSON has it, so that moments compare. */
function plain(ticket: Partial<Ticket>) {
  const left = ['description', 'row', 'why', 'updatedAt'];
  return JSON.parse(
    JSON.stringify(ticket, (name, value: unknown) => (left.includes(name) ? undefined : value)),
  ) as object;
}

describe('what a row remembers', () => {
  it('is all of a ticket but for its description and what changes with every look', () => {
    fc.assert(
      fc.property(ticket, maybe(name), (given, replyKey) => {
        const found = recall(memoryOf({ ticket: given, replyKey }, LONGEST), given.key);
        expect(found?.replyKey).toBe(replyKey);
        expect(plain(found?.ticket ?? {})).toEqual(plain(given));
      }),
      { numRuns: 300 },
    );
  });

  it('reads what rows remember from before there were contracts and promises (A-050, A-074)', () => {
    const clock = { metric: 'first_reply', instance: 1, policy: 'P', targetMinutes: 60, events: [], warnShare: 1 };
    const handoff = { from: 'support', to: 'review', by: 'Ana', at: MORNING.toString(), reason: null, assignee: null };
    const old = JSON.stringify({ ...(JSON.parse(memory()) as object), clocks: [clock], handoff });
    const found = recall(old, aTicket().key)?.ticket;
    expect(found).toMatchObject({ handoff: aHandoff(), collaborators: [], clocks: [{ kind: 'target' }] });
  });

  it('has its moments back as moments', () => {
    const given = aTicket({ firstRespondedAt: at('2026-11-20T10:05:00.123456Z') });
    expect(recall(memoryOf({ ticket: given, replyKey: null }, LONGEST), given.key)?.ticket).toMatchObject({
      firstRespondedAt: given.firstRespondedAt,
      openedAt: MORNING,
      lastAgentMessageAt: null,
    });
  });

  it('is the same text for the same ticket, whatever way that took', () => {
    fc.assert(
      fc.property(ticket, (given) => {
        const shuffled = Object.fromEntries(Object.entries(given).toReversed()) as unknown as Ticket;
        const stored = revive<Ticket>(JSON.parse(JSON.stringify(shuffled)));
        const other = { ...stored, why: 'Another.', updatedAt: MORNING, description: 'Another.' };
        expect(memoryOf({ ticket: other, replyKey: null }, LONGEST)).toBe(
          memoryOf({ ticket: given, replyKey: null }, LONGEST),
        );
      }),
    );
  });

  it('is short for a ticket that just came in', () => {
    expect(memoryOf({ ticket: aTicket(), replyKey: null }, LONGEST)?.length).toBeLessThan(500);
  });

  it('never is longer than a cell, and lets go of the answers of the form first', () => {
    fc.assert(
      fc.property(ticket, fc.nat({ max: 3000 }), (given, longest) => {
        const found = memoryOf({ ticket: given, replyKey: null }, longest);
        expect(found?.length ?? 0).toBeLessThanOrEqual(longest);
      }),
    );
    const long = aTicket({ fields: { story: 'x'.repeat(900) }, requester: aLoyal() });
    const kept = recall(memoryOf({ ticket: long, replyKey: null }, 900), long.key)?.ticket;
    expect([kept?.fields, kept?.requester, kept?.subject]).toEqual([undefined, aLoyal(), 'Payment failed twice']);
  });

  it('leaves to the columns what they hold as well, when it cannot hold all', () => {
    const long = aTicket({ subject: 'x'.repeat(5000) });
    const kept = recall(memoryOf({ ticket: long, replyKey: 'r' }, 900), long.key);
    expect([kept?.ticket.subject, kept?.ticket.number, kept?.replyKey]).toEqual([undefined, 1042, 'r']);
    expect(kept?.ticket).not.toHaveProperty('subject');
  });

  it.each([
    ['nothing', null],
    ['an empty text', ' '],
    ['a text that is no JSON', '{"v":1,'],
    ['something else', '{"v":1,"colour":"red"}'],
    ['the form of a later version', memory().replace('"v":1', '"v":2')],
    ['a moment that is none', memory().replace('2026-11-20T10:00:00Z', 'yesterday')],
    ['a status that there is not', memory().replace('"new"', '"waiting for Godot"')],
    ['a character that no database keeps', memory().replace('Payment', String.raw`Pay\u0000ment`)],
    ['half a character', memory().replace('Payment', String.raw`Pay\ud83dment`)],
    ['what another ticket remembers', memory().replace('01042"', '01043"')],
  ])('is nothing when the cell holds %s', (_, cell) => {
    expect(recall(cell, aTicket().key)).toBeNull();
  });

  it('may speak of such characters', () => {
    const given = aTicket({ subject: String.raw`What is \u0000?` });
    expect(recall(memoryOf({ ticket: given, replyKey: null }, LONGEST), given.key)?.ticket.subject).toBe(
      String.raw`What is \u0000?`,
    );
  });
});

function memory(): string {
  return memoryOf({ ticket: aTicket(), replyKey: null }, LONGEST) ?? '';
}

function aLoyal() {
  return { name: 'Greta Holm', email: 'greta@example.com', account: { plan: 'gold', vip: true } };
}
