import { and, eq, sql } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import type { Reason } from '../domain/decision.ts';
import type { DeliveryReport, InboundMessage } from '../domain/message.ts';
import type { Undelivered } from '../domain/occasion.ts';
import { NO_SUCH_ADDRESS, wordsOfFailure } from '../kit/dead-address.ts';
import { mailIdsOf } from '../kit/mail/names.ts';
import { letterOf, type Letter, markAlive, markDead, noteFailure, takeUnheard } from './deliveries.ts';
import { type Desk, type Held, heldTicket, hold } from './desk.ts';
import { recordReasons, takeTurn } from './take-turn.ts';

/** So many failures are heard in one go. */
const AT_ONCE = 50;

/** Of more open tickets of one address, the others learn of it at their next turn. */
const MOST_TICKETS = 100;

/** The template under which people answer. */
const OF_PEOPLE = 'reply';

/** What is heard of a letter: a report, or that it could not leave. */
interface Heard {
  letter: Pick<Letter, 'key' | 'ticketKey' | 'kind' | 'via' | 'recipient' | 'template'>;
  report: Omit<DeliveryReport, 'of'>;
  at: Temporal.Instant;
}

/** Takes note of what a report says of a letter that left. A late one is only spoken of; the same failure is heard once. */
export async function hearReport(
  desk: Desk,
  { letter, report, at }: Heard & { letter: Letter; report: DeliveryReport },
): Promise<void> {
  const isNews = report.outcome === 'delayed' || (await noteFailure(desk, letter, report));
  if (isNews) await hearOf(desk, { letter, report, at });
}

/** Tells tickets of letters that did not leave. Returns how many were heard. */
export async function hearFailures(desk: Desk): Promise<number> {
  const unheard = await takeUnheard(desk, AT_ONCE);
  await hold(
    desk,
    unheard.map(({ ticketKey }) => ticketKey),
  );
  for (const { problem, ...letter } of unheard) {
    const isAddressDead = problem?.code === NO_SUCH_ADDRESS;
    const says = wordsOfFailure(problem?.message ?? '');
    await hearOf(desk, {
      letter,
      report: { outcome: 'failed', isAddressDead, says },
      at: letter.finishedAt ?? desk.now,
    });
  }
  return unheard.length;
}

/** What concerns the team's own addresses is on the page Health: whom else would it be told to? */
async function hearOf(desk: Desk, { letter, report, at }: Heard): Promise<void> {
  const held = desk.held.get(letter.ticketKey);
  if (letter.kind === 'message' && held !== undefined) {
    await takeTurn(desk, held, { kind: 'undelivered', letter: toldOf({ letter, report, at }), at });
  }
  if (!report.isAddressDead || letter.via !== null) return;
  await markDead(desk, { address: letter.recipient, since: at, reason: report.says, ticketKey: letter.ticketKey });
}

function toldOf({ letter, report: { outcome, isAddressDead, says }, at }: Heard): Undelivered {
  const { key, recipient: to, template, via } = letter;
  return {
    key: `${key}:${at.epochMilliseconds}`,
    to,
    isAnswer: template === OF_PEOPLE,
    outcome,
    isAddressDead: isAddressDead && via === null,
    says,
  };
}

/** The letters that a report brought by mail, or some by a chat, tell of; those that we do not know tell nothing. */
export async function lettersReported(
  desk: Desk,
  reports: readonly DeliveryReport[],
  via: string | null,
): Promise<readonly { letter: Letter; report: DeliveryReport }[]> {
  const found = reports.flatMap((report) => {
    const letter = letterOf(desk, report, via);
    return letter === null ? [] : [{ letter, report }];
  });
  await hold(
    desk,
    found.map(({ letter }) => letter.ticketKey),
  );
  return found;
}

/** Whoever writes a mail can be reached where it came from, unless their address is likely forged. */
export async function hearAlive(desk: Desk, held: Held, { from, thread, automatic }: InboundMessage): Promise<void> {
  const isMail = mailIdsOf(thread.knownAs ?? []).length > 0;
  if (!isMail || from.email === null || from.doubt !== undefined || automatic !== null) return;
  const { email } = from;
  if (await markAlive(desk, email)) recordReasons(desk, held.ticket, [reachable(email, null)]);
}

/** A person says that mail to an address arrives. Its open tickets go on as before. */
export async function setReachable(desk: Desk, address: string, by: string): Promise<void> {
  if (!(await markAlive(desk, address))) return;
  const isMuted = sql`${tickets.ticket} -> 'mute' ->> 'why' = 'bounced'`;
  const rows = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(and(eq(tickets.requesterEmail, address.toLowerCase()), eq(tickets.isOpen, true), isMuted))
    .limit(MOST_TICKETS);
  await hold(
    desk,
    rows.map(({ key }) => key),
  );
  for (const { key } of rows) {
    const held = await heldTicket(desk, key);
    recordReasons(desk, held.ticket, [reachable(address, by)]);
    await takeTurn(desk, held, { kind: 'due' });
  }
}

function reachable(address: string, by: string | null): Reason {
  return {
    stage: 'respond',
    code: 'respond.reachable',
    params: { address, by },
    change: null,
    evidence: [],
    source: by === null ? { kind: 'policy', name: 'undelivered' } : { kind: 'person', name: by },
    opinion: null,
  };
}
