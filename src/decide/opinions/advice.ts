/**
 * Asking a language model: a turn cannot wait for it, so it only says that it is to be asked. A lane asks, and brings
 * the answer as an occasion of its own.
 */
import type { Advice } from '../../domain/opinion.ts';
import { isOpen, type Ticket } from '../../domain/ticket.ts';
import { isAsking } from '../clarify/state.ts';
import { holds } from '../conditions/index.ts';
import { type Kept, keptFromModels } from '../kept-from-models.ts';
import { judgedText, textName } from '../judged-text.ts';
import type { ModelPolicy } from '../policy.ts';
import type { Turn } from '../turn.ts';

/** So long nobody is given a ticket whose category may come any moment; then it waits for a person like any other. */
const HELD_BACK_SECONDS = 60;

/** Whether the answer of a language model is to come. */
export function isAdviceAwaited({ advice }: Pick<Ticket, 'advice'>): boolean {
  return advice !== null && advice.endedAt === null;
}

/** Whether a ticket is kept from people for the moment that a language model takes. */
export function isHeldForAdvice({ ticket, now }: Pick<Turn, 'ticket' | 'now'>): boolean {
  if (!isAdviceAwaited(ticket) || !ticket.needsReview) return false;
  return Temporal.Instant.compare(now, heldUntil(ticket.advice)) < 0;
}

function heldUntil(advice: Advice | null): Temporal.Instant {
  return (advice?.askedAt ?? Temporal.Instant.fromEpochMilliseconds(0)).add({ seconds: HELD_BACK_SECONDS });
}

/** Asks to be woken when the ticket is held back no more. */
export function waitForAdvice(turn: Turn): void {
  if (isHeldForAdvice(turn)) turn.wakeAt(heldUntil(turn.ticket.advice));
}

/** The model that may be asked about the ticket as it stands, or why the ticket is kept from it; null where none would. */
export function modelToAsk(turn: Turn): { model: ModelPolicy; kept: Kept | null } | null {
  const { ticket, policy } = turn;
  const { model, keptFromModels: which } = policy.triage;
  if (model === null || !isOpen(ticket.status) || isAsking(ticket)) return null;
  if (wasAsked(turn, model)) return null;
  if (ticket.category !== null && model.asks !== 'always') return null;
  return holds(model.when, turn.subject) === null ? null : { model, kept: keptFromModels(ticket, which) };
}

/** About each text one is asked once; another one is asked when it comes to the desk, if there is money for that. */
function wasAsked({ occasion, ticket: { advice, ...ticket } }: Turn, { name }: ModelPolicy): boolean {
  if (occasion.kind === 'reconsidered' && occasion.why === 'learned') return true;
  if (occasion.kind === 'reconsidered' && advice?.by !== name) return false;
  return advice?.of === textName(judgedText(ticket));
}

/** The lane finds it by this. */
export function askModel(turn: Turn): void {
  turn.keep('advice', {
    of: textName(judgedText(turn.ticket)),
    by: null,
    category: null,
    askedAt: turn.now,
    endedAt: null,
    failure: null,
  });
}

/** Nobody is asked any more about a ticket that was placed or ended meanwhile, nor a model that the config forgot. */
export function callOff(turn: Turn): void {
  const { ticket, policy, now } = turn;
  const { advice, category, status } = ticket;
  if (advice === null || !isAdviceAwaited(ticket)) return;
  const { model, keptFromModels: which } = policy.triage;
  const mayBe = model !== null && isOpen(status) && keptFromModels(ticket, which) === null;
  const isWanted = mayBe && (category === null || model.asks === 'always');
  if (!isWanted) turn.keep('advice', { ...advice, endedAt: now });
}
