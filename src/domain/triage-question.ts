import type { Identity } from './requester.ts';

/** One of a closed list, with what tells it from the others; empty where nobody said. */
export interface Choice {
  name: string;
  about: string;
}

/** Something that nobody said of a ticket yet. */
export interface MissingField {
  /** Its name behind `fields.`. */
  field: string;
  /** As the requester would be asked. */
  question: string;
  /** What can be answered; nothing to choose from leaves the answer open. */
  choices: readonly string[];
}

/** What a language model is asked about one ticket: the text, and the lists from which all its answers come. */
export interface TriageQuestion {
  subject: string;
  /** What the requester wrote, as it came. */
  text: string;
  /** Nothing of it is told; where it stands in the text it is masked. */
  requester: { name: string; email: string | null; identities?: readonly Identity[] };
  categories: readonly Choice[];
  /** Empty where it is not asked. */
  products: readonly string[];
  /** Empty where it is not asked. */
  intents: readonly Choice[];
  missing: readonly MissingField[];
  /** Categories whose tickets may be summed up; a ticket of any other, or of none, has no summary. */
  summaryFor: readonly string[];
}
