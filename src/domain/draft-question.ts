import type { Identity } from './requester.ts';
import type { DraftSource } from './suggestion.ts';

/** Something that an answer can be made of. */
export interface DraftMaterial {
  source: DraftSource;
  title: string;
  /**
   * A reply as it would go out, an article in plain words, an earlier question with its answer, of nobody in particular,
   * or what the team answered this requester so far.
   */
  text: string;
}

/** What a language model is asked to write: an answer to one request, from what the team has said of such matters. */
export interface DraftQuestion {
  subject: string;
  /** What the requester wrote, as it came, and nobody has answered yet. */
  text: string;
  /** What they wrote before the team last answered; null where nobody has. */
  before: string | null;
  /** Nothing of it is told; where it stands in a text it is masked. */
  requester: { name: string; email: string | null; identities?: readonly Identity[] };
  /** Of the answer, as two letters of ISO 639-1. */
  language: string;
  /** The best first; never empty. */
  materials: readonly DraftMaterial[];
}
