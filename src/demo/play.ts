import { eq, min, sql } from 'drizzle-orm';
import type { LiveConfig } from '../config/live.ts';
import type { Connection } from '../db/connection.ts';
import { inbox as inboxTable, tickets } from '../db/schema.ts';
import type { FieldValue, Ticket, TicketField } from '../domain/ticket.ts';
import { ticketName } from '../domain/ticket.ts';
import type { Inbox } from '../inbox/index.ts';
import type { Outbox } from '../outbox/create.ts';
import type { Pipeline } from '../pipeline/index.ts';
import type { Flush } from '../sync/flush.ts';
import { appBody, formBody, type Posted, rawJson } from './bodies.ts';
import type { Act, Mishap, Scene, Story } from './scene.ts';

/** The outbox is looked into this often; nothing leaves anyway. */
const POST_EVERY = { hours: 1 };

/** Longer than the base rests after a first failure. */
const BREATH = { seconds: 2 };

/** A clock that stands still until it is set. */
export interface StageClock {
  now(): Temporal.Instant;
  set(at: Temporal.Instant): void;
}

export function createStageClock(begin: Temporal.Instant): StageClock {
  const held = { at: begin };
  return { now: () => held.at, set: (at) => void (held.at = at) };
}

/** The parts of a desk that goes by the stage's clock. */
export interface Stage {
  connection: Connection;
  config: LiveConfig;
  inbox: Inbox;
  pipeline: Pipeline;
  outbox: Outbox;
  flush: Flush;
  clock: StageClock;
  /** The token of the channel `app`. */
  jsonToken: string;
}

/** One thing that happens, when its time has come. */
interface Moment {
  at: Temporal.Instant;
  run(): Promise<void>;
}

/**
 * Plays a story to its end through the parts of a real desk, with its sweeps, its outbox and its base. The
 * work of sixty days is some thousand turns.
 *
 * @param onProgress told now and then which share is done, from 0 to 1
 */
export async function playStory(stage: Stage, story: Story, onProgress: (share: number) => void): Promise<void> {
  const moments = momentsOf(stage, story);
  const time = createTime(stage, story.begin);
  for (const [index, moment] of moments.entries()) {
    await time.passTo(moment.at);
    await moment.run();
    onProgress(index / moments.length);
  }
  await time.passTo(story.end);
  await time.settle();
  onProgress(1);
}

/** Everything that happens before the end, in the order of time. */
function momentsOf(stage: Stage, { end, scenes, mishaps }: Story): readonly Moment[] {
  return [
    ...scenes.flatMap((scene, index) => sceneMoments(stage, scene, index)),
    ...mishaps.flatMap((mishap, index) => mishapMoments(stage, mishap, index)),
  ]
    .filter(({ at }) => Temporal.Instant.compare(at, end) < 0)
    .sort((one, other) => Temporal.Instant.compare(one.at, other.at));
}

/** A clock that never jumps over what is due. */
function createTime(stage: Stage, begin: Temporal.Instant) {
  const { connection, outbox, flush, pipeline, clock } = stage;
  const next = { post: begin.add(POST_EVERY) };

  async function sweepUntil(at: Temporal.Instant): Promise<void> {
    for (;;) {
      const [row] = await connection.queries.select({ wakeAt: min(tickets.wakeAt) }).from(tickets);
      const wakeAt = row?.wakeAt ?? null;
      if (wakeAt === null || Temporal.Instant.compare(wakeAt, at) > 0) return;
      clock.set(earlier(nextTick(wakeAt), at));
      await pipeline.wakeDue();
    }
  }

  return {
    async passTo(at: Temporal.Instant): Promise<void> {
      await sweepUntil(at);
      clock.set(at);
      if (Temporal.Instant.compare(at, next.post) < 0) return;
      next.post = at.add(POST_EVERY);
      await outbox.run();
    },
    /**
     * The base gets everything at once: who looks at a row sees how it stands, not how often it was written. The
     * first look at a base can put rows off, and a run ends after some minutes; so two that find nothing are the end.
     */
    async settle(): Promise<void> {
      await outbox.run();
      for (let idle = 0; idle < 2;) {
        const { written } = await flush.run();
        idle = written === 0 ? idle + 1 : 0;
        clock.set(clock.now().add(BREATH));
      }
    },
  };
}

/** Sweeps come with the minute, as those of a service that runs do. */
function nextTick(at: Temporal.Instant): Temporal.Instant {
  return at.round({ smallestUnit: 'minute', roundingMode: 'ceil' });
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}

function sceneMoments(stage: Stage, scene: Scene, index: number): readonly Moment[] {
  // The ticket that the request became; an answer to a closed one becomes another.
  const cast: Cast = { stage, scene, id: `req-${index + 1}`, key: '', writes: 0 };
  const opening = { at: scene.at, run: async () => void (cast.key = await open(cast)) };
  return [opening, ...scene.acts.map((act) => ({ at: act.at, run: () => perform(cast, act) }))];
}

interface Cast {
  stage: Stage;
  scene: Scene;
  id: string;
  key: string;
  writes: number;
}

function open({ stage, scene, id }: Cast): Promise<string> {
  const { customer, subject, text, file, via } = scene;
  switch (via) {
    case 'phone':
      return openByPhone(stage, scene);
    case 'app':
      return post(stage, 'app', appBody(scene, { id, ticket: null }));
    case 'website':
      return post(
        stage,
        'website',
        formBody({ name: customer.name, email: customer.email, subject, message: text }, file),
      );
  }
}

async function openByPhone({ pipeline, config }: Stage, { customer, subject, text, at }: Scene): Promise<string> {
  const { name, email } = customer;
  const by = whoIsThere(config.current().policy.queues['support']?.members ?? [], at);
  const { ticketKey } = await pipeline.open({ by, subject, text, requester: { name, email } });
  return ticketKey;
}

/** Posts a request and lets it be taken in. Returns the key of the ticket that it became, or belongs to. */
async function post(stage: Stage, channel: string, posted: Posted): Promise<string> {
  const { connection, inbox, pipeline, jsonToken: token } = stage;
  const headers = { ...posted.headers, 'user-agent': 'Bramble demo' };
  const readBody = async () => posted.body;
  const outcome = await inbox.receive(channel, { address: `/hooks/${channel}`, headers, token, readBody });
  if (outcome.kind === 'refused') throw outcome.problem;
  if (outcome.kind === 'greeted') throw new Error(`The channel ${channel} took a request of the demo for a greeting.`);
  await pipeline.drainInbox();
  const [row] = await connection.queries
    .select({ key: inboxTable.ticketKey })
    .from(inboxTable)
    .where(eq(inboxTable.id, outcome.receipt.id));
  return row?.key ?? '';
}

async function perform(cast: Cast, act: Act): Promise<void> {
  const { stage } = cast;
  const ticket = await readTicket(stage, cast.key);
  switch (act.do) {
    case 'answer':
    case 'note':
      return speak(stage, ticket, act);
    case 'write':
      cast.key = await writeAgain(cast, ticket, act.text);
      return;
    case 'repeat':
      return repeat(cast);
    case 'give back':
      return ticket.assignee === null ? undefined : stage.pipeline.giveBack(ticket.key, ticket.assignee);
    case 'hand over':
      return handOver(stage, ticket, act);
    case 'hand off':
      return handOff(stage, ticket, act);
    default:
      return change(stage, ticket, { by: actorOf(stage, ticket, act.at), at: act.at, field: act.do, to: act.to });
  }
}

async function readTicket({ connection }: Stage, key: string): Promise<Ticket> {
  const [row] = await connection.queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.key, key));
  if (row === undefined) throw new Error(`The story goes on with a ticket ${key}, and there is none.`);
  return row.ticket;
}

/** Who speaks for a ticket that nobody has, has it from then on. */
async function speak(stage: Stage, ticket: Ticket, act: Extract<Act, { do: 'answer' | 'note' }>): Promise<void> {
  const by = actorOf(stage, ticket, act.at);
  if (ticket.assignee === null && act.do === 'answer') {
    await change(stage, ticket, { by, at: act.at, field: 'assignee', to: by });
  }
  const text = act.text.replaceAll('{agent}', by.split(' ')[0] ?? by);
  return act.do === 'note'
    ? stage.pipeline.note(ticket.key, { by, text })
    : stage.pipeline.reply(ticket.key, { by, text });
}

/** The same way as before, with the number of the ticket. Returns the ticket that it went to. */
function writeAgain(cast: Cast, ticket: Ticket, said: string): Promise<string> {
  const { stage, scene, id } = cast;
  const { customer, via } = scene;
  const text = said.replaceAll('{agent}', (ticket.assignee ?? 'everybody').split(' ')[0] ?? '');
  const number = ticketName(stage.config.current().policy.desk.prefix, ticket.number);
  cast.writes += 1;
  const subject = `Re: ${ticket.subject}`;
  if (via === 'app') {
    return post(stage, 'app', appBody({ customer, subject, text }, { id: `${id}-${cast.writes}`, ticket: number }));
  }
  const fields = { name: customer.name, email: customer.email, subject, message: text, ticket: number };
  return post(stage, 'website', formBody(fields, null));
}

/** The same words once more; the capitals differ, or it would be the same delivery and not get this far. */
async function repeat({ stage, scene }: Cast): Promise<void> {
  const { customer, subject, text } = scene;
  const fields = { name: customer.name, email: customer.email.toUpperCase(), subject, message: text };
  await post(stage, 'website', formBody(fields, null));
}

async function handOver(stage: Stage, ticket: Ticket, act: Extract<Act, { do: 'hand over' }>): Promise<void> {
  const by = actorOf(stage, ticket, act.at);
  const members = stage.config.current().policy.queues[ticket.queue]?.members ?? [];
  const to =
    act.to ??
    whoIsThere(
      members.filter((name) => name !== ticket.assignee),
      act.at,
    );
  return change(stage, ticket, { by, at: act.at, field: 'assignee', to });
}

async function handOff(
  stage: Stage,
  ticket: Ticket,
  { at, to, reason }: Extract<Act, { do: 'hand off' }>,
): Promise<void> {
  if (ticket.queue === to) return;
  const handoff = { to, reason, key: at.toString() };
  await stage.pipeline.edit(ticket.key, { by: actorOf(stage, ticket, at), at, changes: [], handoff });
}

/** A person who finds it as it should be leaves it alone. */
async function change(
  { pipeline }: Stage,
  ticket: Ticket,
  { by, at, field, to }: { by: string; at: Temporal.Instant; field: TicketField; to: FieldValue },
): Promise<void> {
  if (ticket[field] === to) return;
  await pipeline.edit(ticket.key, { by, at, changes: [{ field, from: ticket[field], to }] });
}

function actorOf({ config }: Stage, { assignee, queue }: Ticket, at: Temporal.Instant): string {
  return assignee ?? whoIsThere(config.current().policy.queues[queue]?.members ?? [], at);
}

/** Whose turn it is by the clock: not the same person all the time, and the same one every time. */
function whoIsThere(members: readonly string[], at: Temporal.Instant): string {
  const member = members[Math.floor(at.epochMilliseconds / 60_000) % Math.max(1, members.length)];
  if (member === undefined) throw new Error('The story asks for somebody of a queue that has no members.');
  return member;
}

function mishapMoments(stage: Stage, mishap: Mishap, index: number): readonly Moment[] {
  const { rescue } = mishap;
  const saved = { key: '' };
  const lost = { at: mishap.at, run: () => lose(stage, mishap, index) };
  if (rescue === null) return [lost];
  return [
    lost,
    { at: rescue.at, run: async () => void (saved.key = await insist(stage, mishap)) },
    { at: rescue.settledAt, run: () => settle(stage, saved.key, rescue) },
  ];
}

async function lose(stage: Stage, { kind, text }: Mishap, index: number): Promise<void> {
  if (kind === 'unreadable') return void (await post(stage, 'app', rawJson(text)));
  const sender = { name: 'Growth Team', email: `offers${index}@mailer.example.net`, subject: 'Your website' };
  await post(stage, 'website', formBody({ ...sender, message: text, hp_website: 'https://mailer.example.net' }, null));
}

/** A person finds it under lost and found and says that it is a ticket. Returns the key of the ticket. */
async function insist({ connection: { queries }, pipeline }: Stage, { at }: Mishap): Promise<string> {
  const { id, ticketKey } = inboxTable;
  const isIt = sql`${inboxTable.receivedAt} = ${at.toString()}::timestamptz`;
  const [found] = await queries.select({ id }).from(inboxTable).where(isIt);
  if (found === undefined) throw new Error('What broke off is not in the inbox.');
  await pipeline.insistInbox(found.id);
  await pipeline.drainInbox();
  const [row] = await queries.select({ key: ticketKey }).from(inboxTable).where(eq(id, found.id));
  return row?.key ?? '';
}

/** Whose it was is found out by telephone, and with that it is settled. */
async function settle(stage: Stage, key: string, rescue: NonNullable<Mishap['rescue']>): Promise<void> {
  const { settledAt: at, note, from } = rescue;
  const ticket = await readTicket(stage, key);
  const by = actorOf(stage, ticket, at);
  const requester = { name: from.name, email: from.email };
  const changes = [
    { field: 'category', from: ticket.category, to: 'question' },
    { field: 'status', from: ticket.status, to: 'resolved' },
  ] as const;
  await stage.pipeline.note(key, { by, text: note });
  await stage.pipeline.edit(key, { by, at, changes, requester });
}
