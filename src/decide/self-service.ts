import type { Occasion } from '../domain/occasion.ts';
import type { SelfServiceEnd } from '../domain/self-service.ts';
import { isOpen, PRIORITIES, recipientOf, type Ticket, TYPED_CHANNELS } from '../domain/ticket.ts';
import { isAsking, isFresh } from './clarify/state.ts';
import { awaitRequester } from './follow-up/index.ts';
import { saysSolved } from './gratitude.ts';
import { isOutdated, type Obstacle, obstacleTo } from './letters.ts';
import type { Policy, SelfServicePolicy } from './policy.ts';
import { type Answering, answeringArticle } from './suggest/answering.ts';
import { plainText } from './suggest/plain-text.ts';
import { isTakenOver } from './taken-over.ts';
import type { Because, Turn } from './turn.ts';

/** From here on a person looks at once, unless the config says otherwise. */
const URGENT = PRIORITIES.indexOf('high');

const BY_HAND: ReadonlySet<string> = new Set(TYPED_CHANNELS);

/** By which the answer is known on its way out; there is one of it for a ticket. */
export function selfServiceKey({ key }: Pick<Ticket, 'key'>): string {
  return `self-service:${key}`;
}

/** Whether we wait for whether an answer of ours helped. Until then nobody is given the ticket. */
export function isSelfServing({ selfService }: Pick<Ticket, 'selfService'>): boolean {
  return selfService !== null && selfService.endedAt === null;
}

/**
 * The self-service fork: an answer goes out before anybody looks, where the category has one, and the ticket waits for
 * whether it helped. Whatever ends the wait but a yes leads on to the team.
 */
export function serveSelf(turn: Turn): void {
  if (isSelfServing(turn.ticket)) return endWhenOver(turn);
  if (!isFresh(turn) || isTakenOver(turn) || turn.ticket.selfService !== null) return;
  const { category } = turn.ticket;
  const { selfService } = turn.policy.triage;
  const rule = category !== null && Object.hasOwn(selfService, category) ? selfService[category] : undefined;
  if (rule !== undefined) offer(turn, rule);
}

function offer(turn: Turn, rule: SelfServicePolicy): void {
  const { template, withArticle } = rule;
  const { category } = turn.ticket;
  const to = recipientOf(turn.ticket);
  const found = withArticle === null ? null : answeringArticle(turn, withArticle);
  const why = whyNot(turn, rule) ?? (withArticle !== null && found === null ? 'no_article' : null);
  if (why !== null || to === null) {
    return turn.note(because('respond.not_self_served', { why: why ?? 'no_address', template }));
  }
  const evidence = [{ kind: 'field' as const, name: 'category', value: category ?? '' }];
  const sent = turn.send(
    { kind: 'message', key: selfServiceKey(turn.ticket), template, to, ...(found !== null && { gaps: gapsOf(found) }) },
    { ...because('respond.self_served', { to, template, ...(found !== null && told(found)) }), evidence },
  );
  if (!sent) return;
  const article = found === null ? null : { name: found.article.name, title: found.article.title };
  turn.keep('selfService', { template, article, sentAt: turn.now, endedAt: null, how: null });
  turn.change('status', 'pending', because('respond.self_service_waits', {}));
  awaitRequester(turn);
}

/** Whether an article may go out in a turn by itself, so that what articles say is more than an offer to the team. */
export function mayServeArticle(policy: Policy, ticket: Ticket, occasion: Occasion): boolean {
  if (occasion.kind !== 'received' && !isAsking(ticket)) return false;
  return Object.values(policy.triage.selfService).some(({ withArticle }) => withArticle !== null);
}

/** What the letter says of the article. */
function gapsOf({ article: { title, body, url } }: Answering): Readonly<Record<string, string>> {
  return { 'article.title': title, 'article.text': plainText(body), 'article.link': url ?? '' };
}

/** What the log says of it. */
function told({ article, likeness }: Answering): Because['params'] {
  return { article: article.name, title: article.title, likeness: Math.round(100 * likeness) };
}

type WhyNot =
  | Obstacle
  | 'urgent'
  | 'escalated'
  | 'incident'
  | 'by_hand'
  | 'follows'
  | 'answered'
  | 'too_late'
  | 'not_new';

/** What asks for a person instead. */
function whyNot({ ticket, occasion, now }: Turn, { urgent }: SelfServicePolicy): WhyNot | null {
  const { priority, escalation, incident, channel, followUpOf, firstRespondedAt, lastAgentMessageAt } = ticket;
  if (BY_HAND.has(channel)) return 'by_hand';
  if (firstRespondedAt !== null || lastAgentMessageAt !== null) return 'answered';
  if (followUpOf !== null) return 'follows';
  if (incident !== null) return 'incident';
  if (escalation !== null) return 'escalated';
  if (!urgent && PRIORITIES.indexOf(priority) >= URGENT) return 'urgent';
  if (ticket.status !== 'new') return 'not_new';
  if (occasion.kind === 'received' && isOutdated(ticket.openedAt, now)) return 'too_late';
  return obstacleTo(ticket);
}

/** Takes an answer that says that it is solved; says whether it is one. Any other leads on to the team. */
export function takeSolved(
  turn: Turn,
  said: { text: string; name: string; hasFiles: boolean; saysSolved?: true },
): boolean {
  const { ticket, policy, now } = turn;
  const { text, name, hasFiles } = said;
  const { selfService, category } = ticket;
  const names = [ticket.requester.name, ...policy.agents.map((agent) => agent.name)];
  if (selfService === null || selfService.endedAt !== null || hasFiles) return false;
  if (said.saysSolved !== true && !saysSolved(text, policy.followUp.gratitude, names)) return false;
  const solved: Because = {
    ...because('respond.self_service_solved', { name }),
    evidence: [{ kind: 'text', quote: text.trim().slice(0, 200) }],
    source: { kind: 'person', name },
  };
  turn.keep('selfService', { ...selfService, endedAt: now, how: 'solved' });
  turn.change('status', 'resolved', solved);
  turn.change('resolvedAt', now, solved);
  // What solved it was an answer, if not a person's.
  turn.change('firstRespondedAt', selfService.sentAt, solved);
  const done = (category === null ? undefined : policy.triage.selfService[category])?.steps ?? [];
  const steps = [...new Set([...ticket.stepsDone, ...done])];
  turn.change('stepsDone', steps, because('respond.self_service_steps', { steps: done }));
  return true;
}

const ENDS = {
  not_solved: 'respond.self_service_not_solved',
  taken_over: 'respond.self_service_taken_over',
  over: 'respond.self_service_over',
} as const;

/** The wait is over with an answer that is no yes, with a person's hand, or with the ticket. */
function endWhenOver(turn: Turn): void {
  const { selfService } = turn.ticket;
  const how = howOver(turn);
  if (selfService === null || how === null) return;
  turn.keep('selfService', { ...selfService, endedAt: turn.now, how });
  turn.note(because(ENDS[how], {}));
}

function howOver(turn: Turn): Exclude<SelfServiceEnd, 'solved'> | null {
  const { occasion, ticket } = turn;
  if (occasion.kind === 'replied' && occasion.by === 'customer') return 'not_solved';
  if (isTakenOver(turn)) return 'taken_over';
  return isOpen(ticket.status) ? null : 'over';
}

function because(code: string, params: Because['params']): Because {
  return { stage: 'respond', code, params, evidence: [], source: { kind: 'policy', name: 'selfService' } };
}
