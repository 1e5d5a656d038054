import type { Clock } from './clock.ts';
import type { FieldValue, RowNews, Ticket, TicketField } from './ticket.ts';

/** What the team is told of. */
export const NOTICE_KINDS = [
  'assigned',
  'sla_warning',
  'sla_breach',
  'promise_warning',
  'promise_breach',
  'unowned',
  'breaker',
  'given_back',
  'handoff_asked',
  'handoff_answered',
  'handoff_reminder',
  'handoff_returned',
  'handoff_update',
  'escalated',
  'deescalated',
  'incident',
  'events_off',
  'undelivered',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The way of notices that is always there: mail to each person. */
export const MAIL_WAY = 'email';

/** What a stage remembers of the ticket beyond its fields: no person edits it, and no column shows it as it is. */
export type KeptPart =
  | 'fields'
  | 'waiting'
  | 'givenAt'
  | 'declinedBy'
  | 'handoff'
  | 'requester'
  | 'suggestion'
  | 'draft'
  | 'language'
  | 'temper'
  | 'mute'
  | 'escalation'
  | 'progress'
  | 'incidentReport'
  | 'related'
  | 'clarification'
  | 'selfService'
  | 'isLight'
  | 'silence'
  | 'summaryDueAt'
  | 'opinions'
  | 'proposals'
  | 'advice'
  | 'categoryFrom'
  | 'checkIns'
  | 'surveyedAt';

type Keep = { [Part in KeptPart]: { kind: 'keep'; part: Part; value: Ticket[Part] } }[KeptPart];

/**
 * What is to happen because of a decision, as data. Keep the kinds few: a ninth is a sign that a
 * judgement has leaked out of `decide`.
 *
 * A `key` is the same whenever the same thing is decided again, so that a retry is recognised.
 */
export type Effect =
  /** A field gets a new value. `by` names the person who chose it; null when we did. */
  | { kind: 'change'; field: TicketField; from: FieldValue; to: FieldValue; by: string | null }
  /** A clock is as given now; begun when the ticket has none of that metric, kind and instance. */
  | { kind: 'clock'; clock: Clock }
  /** A stage keeps something for the next turn. */
  | Keep
  /** The ticket takes note of what its row says in columns of the team's own. */
  | { kind: 'row'; row: RowNews }
  /** Tell the requester something, from a reply template; `gaps` fills those that are this letter's own; moments are told in its language. */
  | {
      kind: 'message';
      key: string;
      template: string;
      to: string;
      gaps?: Readonly<Record<string, string | Temporal.Instant>>;
      /** The page of ours that it leads to. Its address is a secret, so that no decision holds it. */
      leadsTo?: 'survey';
    }
  /** What was to be sent under a key of this ticket is no longer true; should it still be here, it stays. */
  | { kind: 'withdraw'; key: string }
  /** Tell the team something. `to` holds names of agents, and mail addresses; `by`, ways that are not those of its kind. */
  | {
      kind: 'notify';
      key: string;
      notice: NoticeKind;
      to: readonly string[];
      by?: readonly string[];
      params: Readonly<Record<string, string>>;
    };
