import type { Sureness } from './opinion.ts';
import type { FieldValue, TicketField } from './ticket.ts';

export const STAGES = [
  'intake',
  'clarify',
  'triage',
  'link',
  'follow_up',
  'escalate',
  'route',
  'sla',
  'edit',
  'handoff',
  'respond',
] as const;
export type Stage = (typeof STAGES)[number];

/** What a reason rests on: words of the message, or the value of a field. */
export type Evidence = { kind: 'text'; quote: string } | { kind: 'field'; name: string; value: string };

/** Who or what decided. */
export type Source =
  | { kind: 'rule'; name: string; owner: string }
  | { kind: 'model'; name: string }
  | { kind: 'person'; name: string }
  | { kind: 'policy'; name: string }
  | { kind: 'default' };

/** Where a reason's sentence gets its words from: `decide` gives the values, `domain/sentence.ts` the words. */
export type ReasonParams = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** Why one thing was decided, as data. `reason-codes.ts` lists the codes. */
export interface Reason {
  stage: Stage;
  code: string;
  params: ReasonParams;
  /** The field that changed, when one did. */
  change: { field: TicketField; from: FieldValue; to: FieldValue } | null;
  evidence: readonly Evidence[];
  source: Source;
  /** Of a model's opinion; null for rules and people. */
  opinion: Sureness | null;
}
