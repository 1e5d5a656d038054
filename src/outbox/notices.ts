import { inArray, sql } from 'drizzle-orm';
import { addressOf, aloneAt, handleOf } from '../config/addressees.ts';
import type { LoadedConfig } from '../config/live.ts';
import { audibleAt, isUrgent } from '../config/notice-moment.ts';
import type { Connection } from '../db/connection.ts';
import { outbox, type StoredProblem, tickets } from '../db/schema.ts';
import { NOTICE_KINDS } from '../domain/effect.ts';
import { Problem } from '../domain/problem.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Log } from '../kit/log.ts';
import { keyByMail, keyOfNews } from '../kit/notice-keys.ts';
import type { Notifiers } from '../kit/notifiers.ts';
import type { Delivery, Notifier, OutgoingMessage } from '../ports/notifier.ts';
import type { Now } from '../ports/now.ts';
import { messageOfNotices } from './digest.ts';
import { delivered, failed, leftOut, type Outcome, type OutboxRow, problemOf } from './outcomes.ts';
import { outdatedBy } from './still-true.ts';

/**
 * Who takes a message has it for so long; a message that is then still waiting belonged to a process that
 * died. Longer than a notifier may take.
 */
export const HELD_SECONDS = 120;

/** Attempts over a way, five minutes in all, after which people hear by mail instead: news grows old. */
const MOST_ATTEMPTS = 3;

export interface NoticeParts {
  connection: Connection;
  /** Mail. */
  notifier: Pick<Notifier, 'send'>;
  /** The other ways. */
  notifierOf: Notifiers;
  config: () => Pick<LoadedConfig, 'policy' | 'ways' | 'mail' | 'shadow'>;
  /** Where people reach the console, without a slash at its end; null where nobody said. */
  publicAddress: string | null;
  now: Now;
  log: Log;
}

type TicketsByKey = ReadonlyMap<string, Ticket>;

/** Sends a notice to the team; one that was held goes with whatever else was held for the same room or person. */
export async function tellTeam(parts: NoticeParts, taken: OutboxRow): Promise<readonly Outcome[]> {
  const rows = taken.held ? [taken, ...(await takeRest(parts, taken))] : [taken];
  const known = await ticketsOf(parts, rows);
  const { policy } = parts.config();
  const late: Outcome[] = [];
  const due = rows.filter((row) => {
    const ticket = known.get(row.ticketKey);
    const why = row.held && ticket !== undefined ? outdatedBy(row, ticket, policy) : null;
    if (why !== null) late.push(leftOut(parts, row, outdated(why)));
    return why === null;
  });
  return due.length === 0 ? late : [...late, ...(await deliver(parts, due, known))];
}

function outdated(why: string): StoredProblem {
  return { code: 'outbox.outdated', message: `Left out: ${why}.`, fix: 'Nothing is to be done.' };
}

/** What waits for the same room or person, and is due. */
async function takeRest({ connection, now }: NoticeParts, { key, way, recipient }: OutboxRow) {
  const at = now();
  const rest = sql`any(array(
    select key from outbox
    where kind = 'notify' and state = 'waiting' and held and next_at <= ${at.toString()}::timestamptz
      and recipient = ${recipient} and way is not distinct from ${way} and key <> ${key}
    order by seq for update skip locked
  ))`;
  const rows = await connection.queries
    .update(outbox)
    .set({ attempts: sql`${outbox.attempts} + 1`, nextAt: at.add({ seconds: HELD_SECONDS }) })
    .where(sql`${outbox.key} = ${rest}`)
    .returning();
  return rows.toSorted((one, other) => one.seq - other.seq);
}

async function ticketsOf({ connection }: NoticeParts, rows: readonly OutboxRow[]): Promise<TicketsByKey> {
  const keys = rows.map(({ ticketKey }) => ticketKey);
  const found = await connection.queries.select().from(tickets).where(inArray(tickets.key, keys));
  return new Map(found.map(({ key, ticket }) => [key, ticket]));
}

async function deliver(parts: NoticeParts, rows: readonly OutboxRow[], known: TicketsByKey) {
  try {
    const delivery = await send(parts, rows, known);
    const outcomes = rows.map((row) => delivered(parts, row, delivery));
    if (delivery.kind === 'sent') return outcomes;
    return (await mailInstead(parts, rows, outcomes[0]?.problem ?? null)) ?? outcomes;
  } catch (error) {
    const isOver = error instanceof Problem && error.retry === 'never';
    const isLate = rows.some(({ attempts }) => attempts >= MOST_ATTEMPTS);
    const instead = isOver || isLate ? await mailInstead(parts, rows, problemOf(error)) : null;
    return instead ?? rows.map((row) => unlessQuiet(parts, failed(parts, row, error), { row, known }));
  }
}

/** A notice that failed by day is not tried again by night. */
function unlessQuiet(
  { config }: NoticeParts,
  outcome: Outcome,
  { row, known }: { row: OutboxRow; known: TicketsByKey },
): Outcome {
  const { policy } = config();
  const ticket = known.get(row.ticketKey);
  const notice = NOTICE_KINDS.find((kind) => kind === row.template);
  if (outcome.state !== 'waiting' || ticket === undefined || notice === undefined) return outcome;
  if (isUrgent(policy, { notice, ticket }, outcome.nextAt)) return outcome;
  const nextAt = audibleAt(policy, ticket, outcome.nextAt);
  return nextAt.equals(outcome.nextAt) ? outcome : { ...outcome, nextAt, held: true };
}

async function send(parts: NoticeParts, rows: readonly OutboxRow[], known: TicketsByKey): Promise<Delivery> {
  const { config, notifier, publicAddress } = parts;
  const [{ way, recipient } = { way: null, recipient: '' }] = rows;
  if (way === null) {
    return notifier.send(messageOfNotices(rows, { tickets: known, publicAddress, people: [], to: recipient }));
  }
  const { policy } = config();
  const found = await openWay(parts, way, recipient);
  if ('kind' in found) return found;
  const told = found.isRoom ? new Set(rows.flatMap((row) => row.told ?? [])) : [];
  const people = [...told].map((name) => {
    return { name, email: addressOf(policy, name), handle: handleOf(policy, found.system, name) };
  });
  return found.send(messageOfNotices(rows, { tickets: known, publicAddress, people, to: found.to }));
}

/** A way that is open. */
interface OpenWay {
  /** Id of the connector. */
  system: string;
  isRoom: boolean;
  /** As the system calls the room or the person. */
  to: string;
  send(message: OutgoingMessage): Promise<Delivery>;
}

/** A way to its room, or to one person alone; or what it lacks to get there. */
async function openWay(
  { config, notifierOf }: NoticeParts,
  name: string,
  person: string,
): Promise<OpenWay | Extract<Delivery, { kind: 'not_configured' }>> {
  const { policy, ways } = config();
  const [way, plan] = [ways[name], policy.notices.ways[name]];
  const notifier = way === undefined ? null : notifierOf(way);
  if (way === undefined || plan === undefined || notifier === null) {
    return lacking(`notices.yaml has no way "${name}"`, 'Name it there again, or send this by mail yourself.');
  }
  if (way.missingSecrets.length > 0 && (way.access === null || way.secrets === null)) {
    return lacking(`${way.missingSecrets.join(' and ')} is not set`, 'Set it in the environment or in .env.');
  }
  const to = plan.isRoom ? (way.room ?? '') : aloneAt(policy, plan, person);
  if (to === null) {
    return lacking(`"${name}" does not find ${person}`, `Give them handles: { ${plan.kind}: … } in people.yaml.`);
  }
  const opened = await notifier;
  return { system: plan.kind, isRoom: plan.isRoom, to, send: (message) => opened.send(message) };
}

function lacking(reason: string, fix: string) {
  return { kind: 'not_configured' as const, reason: `not sent: ${reason}`, fix };
}

/** Has everybody hear by mail whom a way did not reach; null where it was mail already, or nobody has an address. */
async function mailInstead(
  parts: NoticeParts,
  rows: readonly OutboxRow[],
  problem: StoredProblem | null,
): Promise<readonly Outcome[] | null> {
  const mails = rows.flatMap((row) => mailsFor(parts, row, { isOneOfMany: rows.length > 1 }));
  if (mails.length === 0) return null;
  await parts.connection.queries.insert(outbox).values(mails).onConflictDoNothing();
  const way = rows[0]?.way ?? '';
  parts.log.warn({ way, notices: rows.length, code: problem?.code }, 'a way did not reach the team, mail goes out');
  const message = `${(problem?.message ?? 'not sent').replace(/\.$/, '')}. It goes by mail instead.`;
  const fix = problem?.fix ?? 'Look at the way.';
  return rows.map((row) => leftOut(parts, row, { code: 'outbox.by-mail', message, fix }));
}

/** Under the key that the same news has by mail anyway, so that nobody reads it twice. */
function mailsFor(parts: NoticeParts, row: OutboxRow, { isOneOfMany }: { isOneOfMany: boolean }) {
  const { key, way, told, recipient, kind, ticketKey, subject, template } = row;
  if (way === null) return [];
  const { policy } = parts.config();
  const addresses = new Set((told ?? []).map((name) => addressOf(policy, name)));
  const news = keyOfNews({ key, way, recipient });
  const now = parts.now();
  const text = `${row.text}\n\nBy mail, as "${way}" could not be used.`;
  const written = { kind, ticketKey, subject, template, text, held: isOneOfMany, nextAt: now, createdAt: now };
  return [...addresses].flatMap((address) =>
    address === null ? [] : [{ ...written, key: keyByMail(news, address), recipient: address }],
  );
}

/** A word over a way, to see whether it arrives. */
export async function tryWay(parts: NoticeParts, way: string, person: string): Promise<void> {
  const { policy } = parts.config();
  const opened = await openWay(parts, way, person);
  if ('kind' in opened) throw unusable(way, opened);
  const subject = `A test from ${policy.desk.name}`;
  const text = `If you read this, notices of the way "${way}" arrive here.`;
  const key = `test:${way}:${parts.now().epochMilliseconds}`;
  const notice = { people: [], items: [{ title: subject, text, link: parts.publicAddress }] };
  const delivery = await opened.send({ key, to: opened.to, thread: null, subject, text, voice: 'notice', notice });
  if (delivery.kind !== 'sent') throw unusable(way, delivery);
}

function unusable(way: string, { reason, fix }: { reason: string; fix?: string }): Problem {
  return new Problem({
    code: 'outbox.way-unusable',
    message: `Nothing can be told over "${way}": ${reason.replace(/^not sent: /, '')}.`,
    fix: fix ?? 'Set it, and start again.',
  });
}
