import { longestMemoryMinutes } from '../../decide/clarify/remember.ts';
import { mindsLanguages } from '../../decide/conditions/languages.ts';
import { withoutQuotes } from '../../decide/conditions/quoted.ts';
import { isEmptyBook } from '../../decide/customers/book.ts';
import { type Facts, type FactName, factsNeeded, type IncidentFacts, NO_INCIDENTS } from '../../decide/facts.ts';
import { mayBeLinked } from '../../decide/incidents/join.ts';
import { judgedText } from '../../decide/judged-text.ts';
import { languageStated } from '../../decide/language.ts';
import { mayServeArticle } from '../../decide/self-service.ts';
import { compareInstants, later } from '../../decide/sla/moment.ts';
import { incidentOf, isIncident } from '../../domain/incident.ts';
import type { Occasion } from '../../domain/occasion.ts';
import { addressesOf } from '../../domain/requester.ts';
import { recipientOf, type Ticket } from '../../domain/ticket.ts';
import { type Held, heldNumbered, type ReplayDesk } from './desk.ts';
import { recordBehind } from './record-behind.ts';

const DAY_HOURS = 24;

export interface Look {
  held: Held;
  /** As the turn finds it. */
  ticket: Ticket;
  occasion: Occasion;
  now: Temporal.Instant;
}

/** What a turn is told: what was recorded of the time, and what the replay itself knows of its desk. */
export function factsFor(desk: ReplayDesk, look: Look): Facts {
  const { held, ticket, occasion, now } = look;
  const needed = new Set<FactName>(factsNeeded(ticket, occasion));
  const { known } = held.past;
  const address = ticket.requester.email ?? '';
  return {
    loads: [...desk.loads.values()],
    acknowledgementsToday: needed.has('acknowledgementsToday')
      ? ofToday(desk.acknowledged.get(recipientOf(ticket) ?? ''), now).length
      : 0,
    exchange: isMessage(occasion) ? [...(desk.exchanges.get(address) ?? [])] : [],
    earlier: isMessage(occasion) ? earlierOf(desk, address, now) : [],
    customer: customerOf(desk, look),
    internalNotes: held.internalNotes,
    lastSurveyAt: needed.has('lastSurveyAt') ? lastSurvey(desk, ticket) : null,
    // They are for people to take, who took them when they did.
    proposals: null,
    opinions: needed.has('opinions') && known.learned !== null ? [known.learned] : [],
    record: needed.has('record') ? recordBehind(known, desk.policy.triage.model) : null,
    language: needed.has('language') ? languageOf(desk, look) : null,
    // What is offered to whoever answers is no outcome, and to look for it would take longer than the judgement.
    articles: mayServeArticle(desk.policy, ticket, occasion) ? articlesFor(desk, ticket) : [],
    further: null,
    hasSurveyPage: desk.hasSurveyPage,
    ...incidentFacts(desk, look),
  };
}

function isMessage(occasion: Occasion): boolean {
  return occasion.kind === 'received' || (occasion.kind === 'replied' && occasion.by === 'customer');
}

/** Of the times, those of the last day. */
export function ofToday(times: readonly Temporal.Instant[] = [], now: Temporal.Instant): readonly Temporal.Instant[] {
  const since = now.subtract({ hours: DAY_HOURS });
  return times.filter((at) => compareInstants(at, since) > 0);
}

function earlierOf({ policy, earlier }: ReplayDesk, address: string, now: Temporal.Instant): Facts['earlier'] {
  const minutes = longestMemoryMinutes(policy);
  if (minutes === 0) return [];
  const since = now.subtract({ minutes });
  return (earlier.get(address) ?? []).filter(({ openedAt }) => compareInstants(openedAt, since) > 0);
}

/** What look-ups said is what the ticket came to know of its requester: nobody is asked anything. */
function customerOf({ policy: { customers } }: ReplayDesk, { held, ticket, occasion }: Look): Facts['customer'] {
  const isLookedAt = isMessage(occasion) || (ticket.status !== 'closed' && !isEmptyBook(customers));
  if (!isLookedAt) return null;
  const { account, identities } = held.past.known;
  const lookedUp = customers.lookups.map(({ name, fields }) => {
    const said = Object.entries(account).filter(([field]) => fields.includes(field));
    return { lookup: name, answer: said.length === 0 ? null : Object.fromEntries(said), gap: null, askAgainAt: null };
  });
  return { identities, doubtful: [], lookedUp };
}

function lastSurvey({ surveyed }: ReplayDesk, { requester }: Ticket): Temporal.Instant | null {
  return addressesOf(requester)
    .map((address) => surveyed.get(address) ?? null)
    .reduce((latest, at) => later(latest, at), null);
}

/** As it was told then; where nobody knew, as words tell now. */
function languageOf({ policy, tellLanguage }: ReplayDesk, { held, ticket, occasion }: Look): Facts['language'] {
  if (!mindsLanguages(policy) || languageStated(ticket) !== null) return null;
  const { language } = held.past.known;
  if (language !== null) return { words: { language, isSure: true }, earlier: null };
  const text = occasion.kind === 'replied' ? occasion.text : ticket.description;
  return { words: tellLanguage?.(withoutQuotes(text)) ?? null, earlier: null };
}

function articlesFor({ policy, findArticles }: ReplayDesk, ticket: Ticket): Facts['articles'] {
  const { articles } = policy.offers;
  if (articles.length === 0) return [];
  const { subject, description } = judgedText(ticket);
  return findArticles(articles, `${subject}\n${description}`);
}

/** Which tickets report one incident is taken as it was found then; what follows from it is judged anew. */
function incidentFacts(desk: ReplayDesk, { held, ticket, occasion }: Look): IncidentFacts {
  if (desk.policy.incidents === null) return NO_INCIDENTS;
  const changes = occasion.kind === 'edited' ? occasion.changes : [];
  const named = changes.flatMap(({ field, to }) => (field === 'incident' && typeof to === 'number' ? [to] : []));
  const isDeclared = changes.some(({ field, to }) => field === 'knownIncident' && to === true);
  const { found } = held;
  const first = [ticket.incident, found, ...named].flatMap((number) => heldNumbered(desk, number)?.ticket ?? []);
  const above = first.flatMap(({ incident }) => heldNumbered(desk, incident)?.ticket ?? []);
  const all = new Map([...first, ...above].map((each) => [each.number, incidentOf(each)]));
  const isLed = isIncident(ticket) || isDeclared || desk.relinked.has(ticket.number);
  return {
    similar:
      found !== null && mayBeLinked(ticket) ? { incidents: [{ number: found, score: 1 }], group: [], near: [] } : null,
    incidents: [...all.values()],
    linked: isLed ? linkedTo(desk, ticket.number) : null,
    related: [],
  };
}

function linkedTo({ reports }: ReplayDesk, number: number): NonNullable<Facts['linked']> {
  return [...(reports.get(number)?.values() ?? [])].toSorted((one, other) => one.number - other.number);
}
