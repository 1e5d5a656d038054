import { eq } from 'drizzle-orm';
import { ulid } from 'ulid';
import type { Phrase } from '../../src/decide/condition.ts';
import type { Policy, RouteThen, Rule, TriageThen } from '../../src/decide/policy.ts';
import { configVersions, inbox, outbox, tickets } from '../../src/db/schema.ts';
import type { Connection } from '../../src/db/connection.ts';
import type { TicketField } from '../../src/domain/ticket.ts';
import { aCalendar, anAgent, aPolicy, aQueue, aRule, at } from './builders.ts';
import { aChannel, aLiveConfig, type TestConfig } from './live-config.ts';
import { aClock, aDesk, postForm, type TestDesk } from './pipeline.ts';
import { SEED_REQUESTS, type SeedAct, type SeedRequest } from './seed-requests.ts';

/** Friday morning, a little after eleven in Berlin: when the seeded desk is looked at. */
export const DESK_NOW = at('2026-11-20T10:06:00Z');

const ZONE = 'Europe/Berlin';

/** The config of the seeded desk: a small software company in Berlin. */
export function aSoftwareDesk(): TestConfig {
  const website = aChannel({ title: 'Website form' });
  const json = aChannel({ name: 'json', kind: 'json', title: 'JSON', secrets: { tokens: ['a-token'], signing: [] } });
  const typeform = aChannel({
    name: 'typeform',
    kind: 'typeform',
    title: 'Typeform survey',
    secrets: null,
    missingSecrets: ['TYPEFORM_SECRET'],
  });
  return aLiveConfig({ policy: softwarePolicy(), channels: [website, json, typeform] });
}

/** So that two moments of a script come in order, whatever they belong to. */
interface Step {
  at: Temporal.Instant;
  run(desk: TestDesk): Promise<void>;
}

/**
 * Sixty tickets of nine days in every state, made by the real pipeline: posted, decided, answered, warned
 * of and breached at the moments of `seed-requests.ts`. Also a few things that went wrong, for the page
 * that shows them. Ends at `DESK_NOW`.
 */
export async function seedDesk(connection: Connection, config: TestConfig = aSoftwareDesk()): Promise<TestDesk> {
  const clock = aClock(at('2026-11-09T07:00:00Z'));
  const desk = aDesk(connection, { config, clock });
  await connection.queries
    .insert(configVersions)
    .values({ version: config.current().version, loadedAt: at('2026-11-09T07:00:00Z'), files: {} });
  const steps = SEED_REQUESTS.flatMap((request) => stepsOf(connection, request));
  for (const step of steps.sort((one, other) => Temporal.Instant.compare(one.at, other.at))) {
    if (Temporal.Instant.compare(step.at, DESK_NOW) > 0) break;
    clock.set(step.at);
    await desk.pipeline.wakeDue();
    await step.run(desk);
  }
  clock.set(DESK_NOW);
  await desk.pipeline.wakeDue();
  await settleOutbox(connection);
  await settleBase(connection);
  await loseSomething(connection);
  return desk;
}

function stepsOf(connection: Connection, request: SeedRequest): Step[] {
  const began = momentOf(request);
  const email = `${request.name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')}@example.com`;
  const known = { key: '' };
  const open: Step = {
    at: began,
    async run(desk) {
      const { name, subject, text } = request;
      const id = await postForm(connection, { name, email, subject, message: text }, { receivedAt: desk.clock.now() });
      await desk.pipeline.drainInbox();
      const [row] = await connection.queries.select({ key: inbox.ticketKey }).from(inbox).where(eq(inbox.id, id));
      known.key = row?.key ?? '';
    },
  };
  const acts = request.then.map((act) => ({
    at: began.add({ minutes: act.after }),
    run: (desk: TestDesk) => doAct({ connection, desk, key: known.key, email }, act),
  }));
  return [open, ...acts];
}

function momentOf({ daysAgo, time }: SeedRequest): Temporal.Instant {
  const day = DESK_NOW.toZonedDateTimeISO(ZONE).toPlainDate().subtract({ days: daysAgo });
  return day.toZonedDateTime({ timeZone: ZONE, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}

interface Acting {
  connection: Connection;
  desk: TestDesk;
  key: string;
  email: string;
}

async function doAct({ connection, desk, key, email }: Acting, act: SeedAct): Promise<void> {
  const { pipeline, clock } = desk;
  const [row] = await connection.queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.key, key));
  if (row === undefined) throw new Error('An act on a ticket that is not there.');
  const { ticket } = row;
  const by = ('by' in act ? act.by : undefined) ?? ticket.assignee ?? 'Ana Brandt';
  switch (act.do) {
    case 'reply':
      return pipeline.reply(key, { by, text: act.text });
    case 'note':
      return pipeline.note(key, { by, text: act.text });
    case 'give back':
      return pipeline.giveBack(key, by);
    case 'customer': {
      const fields = {
        name: ticket.requester.name,
        email,
        subject: `Re: ${ticket.subject}`,
        message: act.text,
        ticket: `T-${ticket.number}`,
      };
      await postForm(connection, fields, { receivedAt: clock.now() });
      return pipeline.drainInbox();
    }
    default: {
      const field: TicketField = act.do;
      return pipeline.edit(key, { by, at: clock.now(), changes: [{ field, from: ticket[field], to: act.to }] });
    }
  }
}

/** Most of the mail went out; some of today's had no way, one was refused for good, one waits. */
async function settleOutbox({ queries }: Connection): Promise<void> {
  const rows = await queries.select().from(outbox).orderBy(outbox.seq);
  for (const [index, row] of rows.entries()) {
    const fromEnd = rows.length - index;
    const isDead = fromEnd === 9 || fromEnd === 14;
    const state = isDead ? 'dead' : fromEnd === 1 ? 'waiting' : fromEnd <= 6 ? 'not_sent' : 'sent';
    await queries
      .update(outbox)
      .set({
        state,
        attempts: isDead ? 8 : state === 'waiting' ? 0 : 1,
        finishedAt: state === 'waiting' ? null : row.createdAt.add({ seconds: 4 }),
        receipt: state === 'sent' ? `<${ulid()}@mail.example.com>` : null,
        problem: problemOf(state),
      })
      .where(eq(outbox.key, row.key));
  }
}

function problemOf(state: 'dead' | 'waiting' | 'not_sent' | 'sent') {
  if (state === 'dead') {
    return {
      code: 'email.rejected',
      message: 'The mail server refused the address: 550 5.1.1 user unknown.',
      fix: 'Correct the address of the requester, then try again.',
    };
  }
  if (state !== 'not_sent') return null;
  return {
    code: 'email.not-configured',
    message: 'Not sent: no SMTP_URL.',
    fix: 'Set SMTP_URL and MAIL_FROM to send mail.',
  };
}

/** The base has every row, but for the two that changed last. */
async function settleBase({ queries }: Connection): Promise<void> {
  const rows = await queries.select({ key: tickets.key }).from(tickets).orderBy(tickets.updatedAt, tickets.number);
  for (const [index, { key }] of rows.entries()) {
    const isBehind = index >= rows.length - 2;
    const dirtySince = isBehind ? DESK_NOW.subtract({ seconds: 3 }) : null;
    await queries
      .update(tickets)
      .set({ rowId: `row-${key}`, dirtySince })
      .where(eq(tickets.key, key));
  }
}

/** Requests that nobody could read, and one that was left out on purpose. */
async function loseSomething({ queries }: Connection): Promise<void> {
  const common = { headers: { 'content-type': 'application/json' }, finishedAt: DESK_NOW };
  await queries.insert(inbox).values([
    {
      ...common,
      id: ulid(),
      channel: 'json',
      deliveryId: 'lost-1',
      receivedAt: at('2026-11-20T08:31:00Z'),
      body: Buffer.from('{"customer": "Nordwind GmbH", "problem": "The label printer does not answer", "contact": '),
      state: 'lost',
      problem: {
        code: 'json.unreadable',
        message: 'The body is no JSON: it ends in the middle of a value at byte 86.',
        fix: 'Ask the sender to send it whole, or make a ticket of it as it is.',
      },
    },
    {
      ...common,
      id: ulid(),
      channel: 'website',
      deliveryId: 'ignored-1',
      receivedAt: at('2026-11-19T22:14:00Z'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(
        'name=SEO+Expert&email=rank%40example.net&subject=First+page+of+Google&message=We+bring+you+to+the+top&website=http%3A%2F%2Fexample.net',
      ),
      state: 'ignored',
      problem: {
        code: 'form.honeypot',
        message: 'A field was filled in that people do not see.',
        fix: 'Make a ticket of it, should it be a person’s all the same.',
      },
    },
  ]);
}

function softwarePolicy(): Policy {
  const office = aCalendar(ZONE, 'Mon-Fri 08:00-18:00', { name: 'office' });
  return aPolicy({
    version: '7c41e9d2b0',
    desk: { name: 'Nordlicht Tables', timeZone: ZONE, firstNumber: 1001 },
    categories: ['billing', 'technical', 'account_access', 'outage', 'feature_request'],
    calendars: [office],
    agents: ['Ana Brandt', 'Ben Okafor', 'Chiara Rossi', 'Dev Patel', 'Emma Lind'].map((name) =>
      anAgent({ name, calendar: 'office', cap: 12 }),
    ),
    queues: [
      aQueue({ name: 'billing', members: ['Ana Brandt', 'Chiara Rossi'], calendar: 'office' }),
      aQueue({ name: 'technical', members: ['Ben Okafor', 'Dev Patel'], calendar: 'office', method: 'load' }),
      aQueue({ name: 'accounts', members: ['Emma Lind', 'Chiara Rossi'], calendar: 'office' }),
      aQueue({ name: 'support', members: ['Emma Lind', 'Ana Brandt', 'Dev Patel'], calendar: 'office' }),
      aQueue({ name: 'review', members: [], method: 'none', calendar: 'office' }),
    ],
    triage: { rules: TRIAGE, reviewQueue: 'review' },
    routing: { rules: ROUTING, defaultQueue: 'support' },
    sla: {
      policies: [
        {
          name: 'Standard',
          why: 'What the plan promises.',
          owner: 'head of support',
          when: { kind: 'all', of: [] },
          place: 'sla.yaml:4',
          promises: [],
          targets: [
            {
              metric: 'first_reply',
              minutes: { critical: 30, high: 120, medium: 480, low: 960 },
              calendar: 'office',
              warnShare: 0.8,
            },
            {
              metric: 'agent_work',
              minutes: { critical: 240, high: 900, medium: 2400, low: 4800 },
              calendar: 'office',
              warnShare: 0.8,
            },
          ],
        },
      ],
      pausedIn: { agent_work: ['pending', 'needs_info', 'on_hold'] },
    },
    intake: { acknowledgement: 'received' },
    replies: {
      received: {
        name: 'received',
        subject: 'We have your request: {{ ticket.subject }} [{{ ticket.number }}]',
        body: 'Hello {{ requester.name }},\n\nthank you for writing to us. Your request has the number {{ ticket.number }}; a person reads it soon.\n\n{{ desk.name }}',
      },
    },
  });
}

function mentions(...phrases: string[]) {
  return { kind: 'mentions' as const, in: 'text' as const, phrases: phrases.map(phrase) };
}

function phrase(written: string): Phrase {
  const words = written.split(' ').map((word) => ({ word: word.replace('*', ''), prefix: word.endsWith('*') }));
  return { written, words };
}

function triageRule(name: string, given: { owner: string; when: string[]; then: TriageThen }): Rule<TriageThen> {
  return aRule(given.then, { name, owner: given.owner, when: mentions(...given.when), place: 'triage.yaml:8' });
}

const TRIAGE: readonly Rule<TriageThen>[] = [
  triageRule('Outages first', {
    owner: 'head of support',
    when: ['is down', 'down for all', '503', '500', 'locked out of all', 'whole team'],
    then: { category: 'outage', severity: 'critical', priority: 'critical', tags: ['outage'] },
  }),
  triageRule('Urgent words raise priority', {
    owner: 'head of support',
    when: ['urgent', 'at once', 'angry', 'presentation', 'we lost'],
    then: { priority: 'high' },
  }),
  triageRule('Failed payment goes to billing', {
    owner: 'finance lead',
    when: ['payment failed', 'card declined', 'charged twice', 'card was charged', 'double charge'],
    then: { category: 'billing', priority: 'high', tags: ['payment'] },
  }),
  triageRule('Money questions go to billing', {
    owner: 'finance lead',
    when: ['invoice', 'refund', 'discount', 'seats', 'plan', 'abonnement', 'card'],
    then: { category: 'billing' },
  }),
  triageRule('Nobody in front of a closed door', {
    owner: 'security lead',
    when: ['log in', 'locked out', 'password', 'sso', 'invitation', 'two-factor', 'owner of the account', 'account'],
    then: { category: 'account_access' },
  }),
  triageRule('What is broken is technical', {
    owner: 'engineering lead',
    when: [
      'error',
      'export',
      'import',
      'sync',
      'api',
      'webhook',
      'hangs',
      'slow',
      'rows',
      'formula',
      'app',
      'search',
      'automations',
      'pdf',
      'restore',
      'view',
      'printing',
    ],
    then: { category: 'technical' },
  }),
  triageRule('Wishes are feature requests', {
    owner: 'product lead',
    when: ['feature', 'would help us', 'would save us'],
    then: { category: 'feature_request', priority: 'low' },
  }),
];

const ROUTING: readonly Rule<RouteThen>[] = [
  ['billing', 'billing'],
  ['technical', 'technical'],
  ['outage', 'technical'],
  ['account_access', 'accounts'],
].map(([category = '', queue = '']) =>
  aRule(
    { queue },
    {
      name: `Tickets of ${category} go to ${queue}`,
      owner: 'head of support',
      when: { kind: 'is', field: 'category', values: [category] },
      place: 'routing.yaml:3',
    },
  ),
);
