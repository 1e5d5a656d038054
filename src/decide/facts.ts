import type { Incident } from '../domain/incident.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { Opinion } from '../domain/opinion.ts';
import type { AgentLoad } from '../domain/person.ts';
import type { AccountFields, Gap, Identity } from '../domain/requester.ts';
import type { FittingArticle } from '../domain/suggestion.ts';
import type { Proposal } from '../domain/proposal.ts';
import { isOpen, recipientOf, type RelatedTicket, type Ticket, wroteSinceAnswer } from '../domain/ticket.ts';

/** What the judgement must be told, because it cannot look. */
export interface Facts {
  /** Of every agent of the policy, at this moment. */
  loads: readonly AgentLoad[];
  /** Acknowledgements sent to the requester's address in the last 24 hours. */
  acknowledgementsToday: number;
  /**
   * What the requester's address and we said to each other in the last 24 hours, as far as machines did ours, oldest
   * first; the message at hand is the latest of theirs. Empty where no message came in.
   */
  exchange: readonly Spoken[];
  /** Tickets of the same requester from before, newest first, where the desk remembers what they said. */
  earlier: readonly EarlierTicket[];
  /** What else is known of who asks; null where nobody looked. */
  customer: Customer | null;
  /** Internal notes on the ticket; counted only where a hand-off needs one, and 0 elsewhere. */
  internalNotes: number;
  /** The tickets whose incident this one reports, or may report: its own, one that a person names, and those near it. */
  incidents: readonly Incident[];
  /** Open tickets that resemble this one; null where that need not be known. */
  similar: SimilarTickets | null;
  /** The tickets that report this one; null where nobody asked. */
  linked: readonly LinkedTicket[] | null;
  /** Earlier tickets that have to do with this one. */
  related: readonly RelatedTicket[];
  /** What tells in which language the requester writes; null where that is known, or makes no difference. */
  language: Heard | null;
  /** The articles that fit what was asked, the best first; empty where the desk has none, or nobody asked. */
  articles: readonly FittingArticle[];
  /** What the requester wrote since our last answer; null where they did not, or it need not be known. */
  further: FurtherWords | null;
  /** When the requester was last asked how it was, at whatever address, about whatever ticket; null when it never was. */
  lastSurveyAt: Temporal.Instant | null;
  /** What was learned from closed tickets, of this one; empty where nothing was, and where it need not be known. */
  opinions: readonly Opinion[];
  /** What was learned would have of fields that it does not set; null where that need not be known. */
  proposals: readonly Proposal[] | null;
  /** How often the model that answers was right when it said what it says now; null where none answers. */
  record: ModelRecord | null;
  /** Whether people outside can reach the page of our survey. */
  hasSurveyPage: boolean;
}

/** What a requester wrote after we had answered, and nobody has answered yet. */
export interface FurtherWords {
  /** Without what they quote; of several messages one below the other. */
  text: string;
  /** What we had answered, oldest first. */
  answers: readonly string[];
  /** The articles that fit these words, the best first. */
  articles: readonly FittingArticle[];
}

/** Of the latest answers of one model with one category: those of which somebody knows by now whether they were right. */
export interface ModelRecord {
  right: number;
  known: number;
}

/** A message of a requester, or a letter of our own accord to them. */
export interface Spoken {
  by: 'them' | 'us';
  /** When it reached us, or when it was decided to write it. */
  at: Temporal.Instant;
  /** Of a letter, when it left the house; null while it has not. */
  leftAt: Temporal.Instant | null;
  ticketKey: string;
  /** Its beginning. */
  text: string;
  /** What the form asked besides, and what became known of the ticket since. */
  fields: Readonly<Record<string, string>>;
}

/** In which language somebody writes, by two letters in ISO 639-1, as far as words and memory tell. */
export interface Heard {
  /** Unsure where another language is nearly as likely; null where the words do not tell. */
  words: { language: string; isSure: boolean } | null;
  /** That of another ticket of the same requester, and who chose it, if a person did; null where none tells. */
  earlier: { language: string; number: number; by: string | null } | null;
}

/** What the requester said on another ticket. */
export interface EarlierTicket {
  number: number;
  openedAt: Temporal.Instant;
  fields: Readonly<Record<string, string>>;
  /** By field, where it was said first, for what the ticket itself had from an earlier one. */
  carried: Readonly<Record<string, { ticket: string; saidAt: Temporal.Instant }>>;
}

/** A person as our own tables and the look-ups know them. */
export interface Customer {
  /** Everything by which the person is known, what the message says included. */
  identities: readonly Identity[];
  /** What the sender gave that belongs to somebody else, and so is nobody's word. */
  doubtful: readonly Identity[];
  /** Of those look-ups that were asked. */
  lookedUp: readonly LookedUp[];
}

/** What a look-up said of a person. */
export interface LookedUp {
  lookup: string;
  /** The latest that it said, which may be older than the gap; empty for who is unknown there, null for nothing yet. */
  answer: AccountFields | null;
  /** Why it said nothing when it was last asked; null when it did. */
  gap: Gap | null;
  /** When to ask once more after a gap; null when there is nothing to wait for. */
  askAgainAt: Temporal.Instant | null;
  /** Left out where it knows the person, or nobody of that name. */
  unsure?: Unsure;
}

/** Several rows of a table that fit a person equally well: none of them is taken. */
export interface Unsure {
  /** By what they fit: an address, a number, an id, a domain. */
  what: string;
  rows: number;
}

/** What recent open tickets have in common with one: 0 for nothing to 1 for the same words. */
export interface SimilarTickets {
  /** Incidents that go on, with how much this ticket resembles all that is known of each, closest first. */
  incidents: readonly { number: number; score: number }[];
  /** Tickets of no incident that resemble this one and each other, oldest first, without this one. */
  group: readonly { key: string; number: number; requester: string; score: number }[];
  /** Keys of tickets of no incident that somewhat resemble this one: what becomes of it may concern them. */
  near: readonly string[];
}

/** A ticket that reports an incident, as the incident sees it. */
export interface LinkedTicket {
  key: string;
  number: number;
  requester: string;
}

/** What is gathered of other tickets, where the desk looks for incidents or for related ones. */
export type IncidentFacts = Pick<Facts, 'incidents' | 'similar' | 'linked' | 'related'>;

/** Where it looks for neither. */
export const NO_INCIDENTS: IncidentFacts = { incidents: [], similar: null, linked: null, related: [] };

/** What is gathered for a turn alone; the customer is known with the ticket, and incidents are asked for by themselves. */
export type FactName =
  | 'loads'
  | 'acknowledgementsToday'
  | 'lastSurveyAt'
  | 'opinions'
  | 'record'
  | 'language'
  | 'articles'
  | 'further';

/** Names what is to be gathered before `decide` is asked, so that nothing is read in vain. */
export function factsNeeded(ticket: Ticket, occasion: Occasion): readonly FactName[] {
  // Whoever has it may lose it in any turn, and then somebody else is looked for.
  const needed: FactName[] = ['loads'];
  if (occasion.kind === 'received' && recipientOf(ticket) !== null) needed.push('acknowledgementsToday');
  if (occasion.kind === 'edited' || occasion.kind === 'due') needed.push('lastSurveyAt');
  if (mayLookForCategory(ticket, occasion)) needed.push('opinions');
  if (occasion.kind === 'advised') needed.push('record');
  const isWord = occasion.kind === 'received' || (occasion.kind === 'replied' && occasion.by === 'customer');
  if (isWord && ticket.language === null) needed.push('language');
  // Whatever opens a ticket again, an answer or an edit, finds them, too.
  if (isOpen(ticket.status) || occasion.kind !== 'due') {
    needed.push('articles');
    if (wroteSinceAnswer(ticket)) needed.push('further');
  }
  return needed;
}

/** Whether triage may look for a category in this turn. What a person chose, nobody is asked about. */
function mayLookForCategory(ticket: Ticket, occasion: Occasion): boolean {
  if (!isOpen(ticket.status)) return false;
  switch (occasion.kind) {
    // Who empties the category leaves it to us again.
    case 'edited':
      return true;
    case 'received':
    case 'advised':
    case 'reconsidered':
      return ticket.overrides.category === undefined;
    case 'replied':
    case 'due':
      return ticket.overrides.category === undefined && ticket.category === null;
    default:
      return false;
  }
}
