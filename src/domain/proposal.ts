/** What is proposed and never set: how urgent a ticket is and where it goes, rules and people say. */
export const PROPOSED_FIELDS = ['priority', 'queue'] as const;
export type ProposedField = (typeof PROPOSED_FIELDS)[number];

/** What a person is told that a field may better hold, as others like it ended with it. Only a person takes it. */
export interface Proposal {
  field: ProposedField;
  value: string;
  /** 0 to 1; at least the threshold, as what is less sure is not proposed. */
  confidence: number;
  threshold: number;
  /** Words of the text that speak for it, strongest first, at most five. */
  words: readonly string[];
  /** The ticket of that value that is most like it; null when none is. */
  nearest: { number: number; subject: string } | null;
  /** As people read it: `learned on 20 November from 240 tickets`. */
  name: string;
}
