import type { Metric, PolicyMetric } from '../domain/clock.ts';
import type { NoticeKind } from '../domain/effect.ts';
import type { Agent } from '../domain/person.ts';
import type { ProposedField } from '../domain/proposal.ts';
import type { Queue } from '../domain/queue.ts';
import type { StatusNames } from '../domain/status-names.ts';
import type { Priority, Severity, Status } from '../domain/ticket.ts';
import type { Condition, Drawer, FieldPath, TextPart } from './condition.ts';
import type { CustomerBook } from './customers/book.ts';
import type { Calendar } from './sla/calendar.ts';

/** One line of an admin's rules, ready to be asked. */
export interface Rule<Then> {
  name: string;
  why: string;
  owner: string;
  when: Condition;
  then: Then;
  /** Where it stands: `triage.yaml:12`. */
  place: string;
}

/** What a triage rule sets. A field that is left out is left alone. */
export interface TriageThen {
  category?: string;
  severity?: Severity;
  priority?: Priority;
  tags?: readonly string[];
}

/** Something that is drawn out of what people write, into a field of the ticket. */
export interface Extract {
  /** Its name behind `fields.`. */
  field: string;
  in: TextPart;
  /** Of what the drawer was made, as it was written. */
  pattern: string;
  draw: Drawer;
}

/** A rule that says of a message that it is no ticket. */
export type NotTicket = Omit<Rule<never>, 'then'>;

/** What can be left out: what machines write, and bare thanks. */
export const LEFT_OUT = ['auto_reply', 'bounce', 'list', 'spam', 'notification', 'thanks'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export interface ClarifyQuestion {
  field: string;
  question: string;
  choices: readonly string[];
  /** So long what the requester said on another ticket holds for this one, too; null where it may change each time. */
  rememberMinutes: number | null;
}

/** What triage must know of some tickets, and how it is asked for. */
export type ClarifyRule = Omit<Rule<never>, 'then'> & {
  /** Field by field, by its name behind `fields.`; nothing to choose from leaves the answer open. */
  ask: readonly ClarifyQuestion[];
  template: string;
  /** Minutes after the question; null reminds nobody. */
  remindAfterMinutes: number | null;
  giveUpAfterMinutes: number;
  /** Whose open minutes count; null counts every minute. */
  calendar: Calendar | null;
};

/** An answer that goes out to whoever asks about a category, before anybody of the team looks at it. */
export interface SelfServicePolicy {
  template: string;
  /** How much the approved article in it has in common with the request at least, 0..1; null where there is none in it. */
  withArticle: number | null;
  /** Steps of the category that are done when the requester says that it is solved. */
  steps: readonly string[];
  /** Whether it goes out for tickets of high and critical priority, too. */
  urgent: boolean;
}

/** Tags that follow from what a field says. */
export interface TagSource {
  field: FieldPath;
  /** Where it stands: `triage.yaml:12`. */
  place: string;
  /** By value, as `comparable` makes it. */
  tags: Readonly<Record<string, readonly string[]>>;
}

/** What a language model may say of a ticket beside its category. */
export const READINGS = ['severity', 'language', 'product', 'fields', 'summary'] as const;
export type ReadingPart = (typeof READINGS)[number];

/** When a language model is asked, and what becomes of what it says. */
export interface ModelPolicy {
  /** As people read it: `gpt-5-mini`. */
  name: string;
  /** Of which tickets it is asked at all. */
  when: Condition;
  /** `always` asks about tickets that have a category, too, for what else there is to read in them. */
  asks: 'when_unsure' | 'always';
  /** How often it is taken to be right of a category before anybody knows, 0..1. */
  trust: number;
  /** From which measured confidence its category counts, 0..1. */
  threshold: number;
  /** What of its reading is taken over. */
  takes: readonly ReadingPart[];
  /** What tells a category from the others, by category; one whose name says it all has no entry. */
  categories: Readonly<Record<string, string>>;
  /** Products that it may name; empty asks for none. */
  products: readonly string[];
  /** What it may say that the requester wants, each with what tells it from the others, or nothing; empty asks for none. */
  intents: Readonly<Record<string, string>>;
  /** Categories of which no summary is kept. */
  noSummaryOf: readonly string[];
  /** Categories for whose tickets it writes drafts. */
  draftsFor: readonly string[];
}

/** Of which tickets nothing goes to a model outside of ours. */
export interface KeptFromModels {
  /** Names of channels. */
  channels: readonly string[];
  categories: readonly string[];
}

/** What must have happened to a ticket; all that is said must hold. Null asks for nothing. */
export interface Trigger {
  /** Shares of targets that are used, 0..1. */
  slaUsed: Readonly<Partial<Record<PolicyMetric, number>>>;
  /** So many times out of somebody's hands without an answer between. */
  ownerChanges: number | null;
  /** So many messages of the requester without a solution. */
  contacts: number | null;
  /** Open minutes of its queue without anything that a person did, while it is our turn. */
  noProgressMinutes: number | null;
  /** Open minutes of its queue in which nobody had it. */
  waitingMinutes: number | null;
}

/** What ends an escalation. A person always can, and closing the ticket always does. */
export const ENDINGS = ['condition_clears', 'answered', 'resolved', 'by_hand'] as const;
export type Ending = (typeof ENDINGS)[number];

/** When a ticket is escalated, and what that means. */
export interface EscalationDefinition {
  name: string;
  why: string;
  owner: string;
  place: string;
  level: number;
  when: Condition;
  /** Any of them; where there is none, the condition alone decides. */
  after: readonly Trigger[];
  /** Agents, mail addresses, and the words `owner` and `queue`. Empty tells nobody. */
  who: readonly string[];
  /** Names of the ways by which they are told. */
  by: readonly string[];
  /** At least so much, while it lasts. */
  priority: 'unchanged' | 'raise_by_one' | Priority;
  /** An agent or a mail address; null leaves it with the owner. */
  accountable: string | null;
  /** Template of the letter to the requester; null tells them nothing. */
  customer: string | null;
  until: readonly Ending[];
}

/** A way by which the team is told, beside mail. */
export interface NoticeWay {
  /** Id of the connector; handles of people stand under it, too. */
  kind: string;
  /** Whether it tells a room; else each person alone. */
  isRoom: boolean;
  /** Whether it finds a person by the mail address, too. */
  findsByAddress: boolean;
}

/** How the team hears what it is told. Whom it is told decides `decide`; how, the outbox. */
export interface NoticePolicy {
  /** By name; `email`, which is always there, is not among them. */
  ways: Readonly<Record<string, NoticeWay>>;
  /** Names of the ways by which each notice goes, `email` among them. */
  by: Readonly<Record<NoticeKind, readonly string[]>>;
  /** What is neither gathered nor kept for the morning. */
  urgent: { notices: readonly NoticeKind[]; when: Condition };
  /** More than so many for one person or room within so long go together; null where each goes by itself. */
  gather: { after: number; withinMinutes: number } | null;
  /** While what is not open notices wait; null where they never do. */
  quiet: { open: Calendar | 'of_queue' } | null;
}

/** What a routing rule sets. */
export interface RouteThen {
  queue?: string;
  /** Who takes the ticket must have these. */
  skills?: readonly string[];
  /** Who has these goes first. */
  preferredSkills?: readonly string[];
}

/** The targets of one policy; the first policy whose `when` holds is in force. */
export interface SlaPolicy {
  name: string;
  why: string;
  owner: string;
  when: Condition;
  place: string;
  /** What the team aims at. */
  targets: readonly SlaTarget[];
  /** What the requester was promised, and may be told. */
  promises: readonly SlaTarget[];
}

export interface SlaTarget {
  metric: PolicyMetric;
  /** Minutes by priority; a priority that is left out has no such clock. */
  minutes: Readonly<Partial<Record<Priority, number>>>;
  /** Name of the calendar whose open minutes count; null counts every minute. */
  calendar: string | null;
  /** Share of the target at which to warn, 0..1. */
  warnShare: number;
}

/** What two queues have agreed on for tickets that one gives to the other. */
export interface HandoffContract {
  name: string;
  why: string;
  owner: string;
  place: string;
  /** Names of queues; null for any. */
  from: readonly string[] | null;
  to: readonly string[] | null;
  /** What must be there before: fields by the names that rules have for them, `reason` and `note`. */
  needs: readonly string[];
  /** Whether the other side is asked, gets the ticket at once, or helps while the ticket stays. */
  transfer: 'accept' | 'at_once' | 'collaborate';
  /** The other side is to answer within so many minutes of the calendar. */
  answerMinutes: number;
  /** Name of the calendar whose open minutes count; null counts every minute. */
  calendar: string | null;
  /** When to remind, in minutes from the asking; null for never. */
  remindMinutes: number | null;
  /** Template of the letter to the requester; null sends none. */
  customer: string | null;
  /** Why the other side may say no. */
  reasonCodes: readonly string[];
}

/** How reports of one incident are known, and who is told of it. */
export interface IncidentPolicy {
  /** Tickets that are older are no reports of what is going on now. */
  windowMinutes: number;
  /** 0..1, how much reports have in common at least. */
  similarity: number;
  /** So many requesters make an incident. */
  reports: number;
  /** What may be a report of an incident. */
  when: Condition;
  /** Names of agents, and mail addresses. */
  notify: readonly string[];
  /** Letter to those who report a known incident; null sends none. */
  template: string | null;
  /** Letter to those whose incident is resolved; null sends none. */
  resolvedTemplate: string | null;
}

/** So much time, counted while a calendar is open; null counts every minute. */
export interface Wait {
  minutes: number;
  calendar: string | null;
}

/** What happens to a ticket when nobody works on it any more. What is null or empty does not happen. */
export interface FollowUpPolicy {
  /** How long a resolved ticket stays open to an answer before it is closed. */
  closing: Wait | null;
  silence: SilencePolicy | null;
  summary: SummaryPolicy | null;
  checkIns: readonly CheckInRule[];
  survey: SurveyPolicy | null;
  /** Thanks in the team's own words. */
  gratitude: readonly string[];
}

/** What happens while a customer does not answer: a reminder, and then the ticket counts as resolved. */
export interface SilencePolicy {
  statuses: readonly Status[];
  calendar: string | null;
  remindMinutes: number;
  resolveMinutes: number;
  /** Template of the reminder. */
  reminder: string;
}

export interface SummaryPolicy {
  /** From the solution on. */
  wait: Wait;
  template: string;
  /** By category. */
  advice: Readonly<Record<string, string>>;
  /** Whether one goes out for a ticket that was resolved because nobody answered, too. */
  afterSilence: boolean;
}

export interface CheckInRule {
  name: string;
  why: string;
  owner: string;
  when: Condition;
  place: string;
  /** What the wait begins with: the solution, or an answer of ours. */
  since: 'resolved' | 'answered';
  wait: Wait;
  template: string;
}

export interface SurveyPolicy {
  /** Share of tickets, 0..1. */
  share: number;
  /** Days in which nobody is asked a second time. */
  pauseDays: number;
  template: string;
  when: Condition;
  place: string;
}

/** The config as `decide` reads it: checked, names resolved, patterns compiled, every default filled in. */
export interface Policy {
  /** Short hash of the config files; every decision names it. */
  version: string;
  desk: {
    name: string;
    prefix: string;
    timeZone: string;
    /** Of letters whose template names none, as two letters. */
    language: string;
    firstNumber: number;
    statuses: StatusNames;
  };
  categories: readonly string[];
  calendars: Readonly<Record<string, Calendar>>;
  agents: readonly Agent[];
  queues: Readonly<Record<string, Queue>>;
  triage: {
    rules: readonly Rule<TriageThen>[];
    defaultPriority: Priority;
    /** From which lost patience on a priority is raised by one, and how far; null where none is. */
    frustration: { from: 'annoyed' | 'angry'; upTo: 'medium' | 'high' } | null;
    /** What a severity means for the priority where no rule gives one. */
    priorityBySeverity: Readonly<Partial<Record<Severity, Priority>>>;
    /** Where a ticket goes that no rule gave a category. */
    reviewQueue: string;
    /** Fields of which what was learned may propose a value. */
    proposes: readonly ProposedField[];
    /** Whether the row of a ticket that waits for a person shows what it may be about. */
    showsGuesses: boolean;
    /** Null where no language model is configured. */
    model: ModelPolicy | null;
    keptFromModels: KeptFromModels;
    /** All tags that there are; null where people may add others. */
    tags: readonly string[] | null;
    tagsFrom: readonly TagSource[];
    /** By category, what people tick off as they work; a category without any has no entry. */
    steps: Readonly<Record<string, readonly string[]>>;
    /** By category; a category without any has no entry. */
    selfService: Readonly<Record<string, SelfServicePolicy>>;
  };
  escalation: {
    definitions: readonly EscalationDefinition[];
    /** Who is told when nobody of those named can be reached, nor anybody whom the queue names. */
    lastResort: readonly string[];
  };
  notices: NoticePolicy;
  routing: {
    rules: readonly Rule<RouteThen>[];
    defaultQueue: string;
    /** The first that is for a pair of queues is in force; a pair without one hands off at once. */
    handoffs: readonly HandoffContract[];
  };
  /** Null where the desk looks for none. */
  incidents: IncidentPolicy | null;
  /** So many earlier tickets are shown with a new one; 0 shows none. */
  related: number;
  sla: {
    policies: readonly SlaPolicy[];
    /** In which statuses each metric stands still. */
    pausedIn: Readonly<Partial<Record<Metric, readonly Status[]>>>;
  };
  intake: {
    /** The same text of the same requester within so many minutes is one request. 0 switches it off. */
    duplicateWindowMinutes: number;
    /** Template of the acknowledgement; null sends none. */
    acknowledgement: string | null;
    /** At most so many acknowledgements to one address in 24 hours. */
    acknowledgementsPerDay: number;
    extract: readonly Extract[];
    /** What the desk calls no ticket. */
    notTickets: readonly NotTicket[];
    /** Which kinds of messages are left out without being asked about. */
    leaveOut: readonly LeftOut[];
    clarify: readonly ClarifyRule[];
    /** Which tickets begin light, and what makes them full; null where none does. */
    light: { when: Condition; messages: number; minutes: number } | null;
    /** Mailing lists over which requests come, by their id. */
    ownLists: readonly string[];
    /** More messages than these of one sender within so many minutes are held back; null holds none back. */
    breaker: { messages: number; withinMinutes: number } | null;
    /** At most so many letters go out of our own accord for one ticket in 24 hours. */
    lettersPerDay: number;
  };
  customers: CustomerBook;
  followUp: FollowUpPolicy;
  /** Template name → parsed text, and where it stands. */
  replies: Readonly<Record<string, ReplyTemplate>>;
  /** What is offered to those who answer, in the order of their names. */
  offers: {
    drafts: readonly Draft[];
    articles: readonly Article[];
    /** Whether articles come from a table of the base, too. */
    areInBase: boolean;
  };
}

/** A message to the customer with gaps, as `config/replies/<name>.md` holds it; `<name>.de` is its German version. */
export interface ReplyTemplate {
  name: string;
  subject: string;
  body: string;
}

/** An answer that agents can take and change. */
export interface Draft {
  /** The reply that it is made of, in whichever language. */
  reply: string;
  title: string;
  /** When to take it, for the team. */
  why: string | null;
  /** Of which tickets it is suggested; holds never for one that people only choose themselves. */
  when: Condition;
  place: string;
}

/** A help article for customers, or a runbook for the team alone. */
export interface Article {
  name: string;
  title: string;
  url: string | null;
  audience: 'customer' | 'internal';
  /** Whether customers may be shown it without anybody looking; never of what is for the team alone. */
  approved: boolean;
  /** The category whose tickets it answers; null for whichever. */
  category: string | null;
  /** In what it is written, as two letters; null where nobody says, which is the language of the desk. */
  language: string | null;
  keywords: readonly string[];
  body: string;
  /** Of which tickets it is suggested whatever their words say; holds never where only the words count. */
  when: Condition;
  place: string;
}
