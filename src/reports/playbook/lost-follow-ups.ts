import type { StoredDecision } from '../../db/ticket-queries.ts';
import type { Condition } from '../../decide/condition.ts';
import { holds, type Subject, subjectAfter, subjectOf } from '../../decide/conditions/index.ts';
import type { Policy } from '../../decide/policy.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { entryOf } from './entries.ts';
import type { Entry } from './entry.ts';
import { type Lost, type LostRules, ticketBefore, unmet } from './lost.ts';
import { waitWords } from './wait-words.ts';

/** Decisions of what follows a ticket up without being a rule of a list. */
export const FOLLOWED_UP: ReadonlySet<string> = new Set([
  'follow_up.closed',
  'follow_up.reminded',
  'follow_up.not_reminded',
  'follow_up.silent',
  'follow_up.surveyed',
  'follow_up.not_surveyed',
]);

/** What follows a ticket up, as far as the config switches it on. */
interface Follower {
  name: 'closing' | 'silence' | 'survey';
  when: Condition;
  /** Why it said nothing of a ticket that it is for. */
  otherwise: string;
}

/**
 * Closing, silence and survey have their say of a ticket each in its time. Of each decision of one, what the others had
 * said by then, or why they said nothing. What a turn said twice, for two fields, is told with the first.
 *
 * @param decisions all of the ticket, in their order
 * @param entries of the config of that time, for where each stands
 */
export function lostFollowUps(
  decision: StoredDecision,
  given: { ticket: Ticket; decisions: readonly StoredDecision[]; policy: Policy; entries: readonly Entry[] },
): LostRules {
  const { ticket, decisions, policy, entries } = given;
  const isOfTurn = ({ stage, at }: StoredDecision) => stage === decision.stage && at.equals(decision.at);
  const first = decisions.find((each) => isOfTurn(each) && nameOf(each) === nameOf(decision));
  if (first?.id !== decision.id) return { rules: [], others: 0 };
  const subject = subjectOf(ticketBefore(ticket, decisions, decision), decision.at);
  const others = followersOf(policy).filter(({ name }) => name !== nameOf(decision));
  const rules = others.map((follower): Lost => {
    const place = entryOf(entries, { stage: 'follow_up', name: follower.name })?.place ?? 'follow-up.yaml:1';
    const own = decisions.filter((each) => each.stage === decision.stage && nameOf(each) === follower.name);
    const placed = { ...follower, place };
    return saidThen(placed, own, decision) ?? saidNothing(placed, seenBy(follower, subject, decision));
  });
  return { rules, others: 0 };
}

function nameOf({ source }: StoredDecision): string | null {
  return 'name' in source ? source.name : null;
}

/** The ticket as the turn found it; but a survey asks about what is closed, be it in this turn. */
function seenBy({ name }: Follower, subject: Subject, { code }: StoredDecision): Subject {
  if (name !== 'survey' || code !== 'follow_up.closed') return subject;
  return subjectAfter(subject, { ...subject.ticket, status: 'closed' });
}

function followersOf({ followUp: { closing, silence, survey } }: Policy): readonly Follower[] {
  const notYet = (when: string) => `Is for such a ticket, and its time had not come: ${when}.`;
  const [reminds, ends] = [silence?.remindMinutes ?? 0, silence?.resolveMinutes ?? 0].map((minutes) =>
    waitWords({ minutes, calendar: silence?.calendar ?? null }),
  );
  return [
    ...(closing === null
      ? []
      : [
          {
            name: 'closing' as const,
            when: statusIs(['resolved']),
            otherwise: notYet(`${waitWords(closing)} after the solution`),
          },
        ]),
    ...(silence === null
      ? []
      : [
          {
            name: 'silence' as const,
            when: statusIs(silence.statuses),
            otherwise: notYet(`it reminds after ${reminds} without an answer, and ends after ${ends}`),
          },
        ]),
    ...(survey === null
      ? []
      : [
          {
            name: 'survey' as const,
            when: { kind: 'all' as const, of: [statusIs(['closed']), survey.when] },
            otherwise: 'Asks only those who got an answer, and nobody after a quick exchange.',
          },
        ]),
  ];
}

function statusIs(values: readonly string[]): Condition {
  return { kind: 'is', field: 'status', values };
}

type Placed = Follower & { place: string };

/** In the same turn, or before; null where it had said nothing by then. */
function saidThen({ name, place }: Placed, own: readonly StoredDecision[], { at }: StoredDecision): Lost | null {
  const together = own.find((each) => each.at.equals(at));
  const before = own.findLast((each) => Temporal.Instant.compare(each.at, at) < 0);
  if (together !== undefined) return { name, place, kind: 'later', why: `Had its say as well: ${together.sentence}` };
  return before === undefined
    ? null
    : { name, place, kind: 'later', why: `Had had its say before: ${before.sentence}` };
}

function saidNothing(follower: Placed, subject: Subject): Lost {
  const { name, place, when, otherwise } = follower;
  if (holds(when, subject) === null) return unmet(follower, subject);
  return { name, place, kind: 'unmet', why: otherwise };
}
