import type { Evidence } from '../../domain/decision.ts';
import { isMore } from '../../domain/frustration.ts';
import { withoutQuotes } from '../conditions/quoted.ts';
import type { Turn } from '../turn.ts';
import { mindsFrustration } from './minds.ts';
import { weigh } from './weigh.ts';

/** Who wrote so often and heard nothing waits for us. */
const OFTEN = 3;

/** Takes note of how patient the requester still is, by what was written just now. It gets less, never more. */
export function hearFrustration(turn: Turn): void {
  const said = mindsFrustration(turn.policy) ? saidNow(turn) : null;
  if (said === null) return;
  const { contactCount, lastAgentMessageAt, temper } = turn.ticket;
  const isWaiting = contactCount >= OFTEN && lastAgentMessageAt === null;
  const { level, quotes } = weigh(said.text, { isWaiting });
  if (level === 'none' || !isMore(level, temper?.level ?? 'none')) return;
  turn.keep('temper', { level, quotes, isOfRequest: said.isOfRequest });
  const often: readonly Evidence[] = isWaiting
    ? [{ kind: 'field', name: 'contactCount', value: String(contactCount) }]
    : [];
  turn.note({
    stage: 'triage',
    code: 'triage.frustration',
    params: { level },
    evidence: [...quotes.map((quote): Evidence => ({ kind: 'text', quote })), ...often],
    source: { kind: 'default' },
  });
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
