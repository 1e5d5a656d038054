import type { Evidence } from '../../domain/decision.ts';
import { isMore } from '../../domain/frustration.ts';
import { withoutQuotes } from '../conditions/quoted.ts';
import type { Turn } from '../turn.ts';
import { mindsFrustration } from './minds.ts';
import { weigh } from './weigh.ts';

/** Who wrote so often and heard nothing waits for us; after the time within which we were to answer, so often. */
const OFTEN = 3;
const OFTEN_WHEN_LATE = 2;

/** Whose ticket was resolved so often in vain waits for us, too. */
const OFTEN_REOPENED = 2;

/** Takes note of how patient the requester still is, by what was written just now. It gets less, never more. */
export function hearFrustration(turn: Turn): void {
  const said = mindsFrustration(turn.policy) ? saidNow(turn) : null;
  if (said === null) return;
  const { temper } = turn.ticket;
  const waits = waitsInVain(turn);
  const { level, quotes } = weigh(said.text, { isWaiting: waits.length > 0 });
  if (level === 'none' || !isMore(level, temper?.level ?? 'none')) return;
  turn.keep('temper', { level, quotes, isOfRequest: said.isOfRequest });
  turn.note({
    stage: 'triage',
    code: 'triage.frustration',
    params: { level },
    evidence: [...quotes.map((quote): Evidence => ({ kind: 'text', quote })), ...waits],
    source: { kind: 'default' },
  });
}

/** What tells, whatever the words, that somebody waits for us; empty where nothing does. */
function waitsInVain({ ticket, now }: Turn): readonly Evidence[] {
  const { contactCount, reopenCount, lastAgentMessageAt, firstResponseDueAt } = ticket;
  if (reopenCount >= OFTEN_REOPENED) return [{ kind: 'field', name: 'reopenCount', value: String(reopenCount) }];
  if (lastAgentMessageAt !== null) return [];
  const isLate = firstResponseDueAt !== null && Temporal.Instant.compare(firstResponseDueAt, now) <= 0;
  return contactCount >= (isLate ? OFTEN_WHEN_LATE : OFTEN)
    ? [{ kind: 'field', name: 'contactCount', value: String(contactCount) }]
    : [];
}

/** Of a machine nobody asks how it feels. */
function saidNow({ occasion, ticket }: Turn): { text: string; isOfRequest: boolean } | null {
  if (ticket.mute?.why === 'machine') return null;
  if (occasion.kind === 'received') {
    return { text: `${ticket.subject}\n${withoutQuotes(ticket.description)}`, isOfRequest: true };
  }
  if (occasion.kind !== 'replied' || occasion.by !== 'customer') return null;
  return { text: withoutQuotes(occasion.text), isOfRequest: false };
}
