/** How soon a kind of request is answered: what the rules make of its urgency, and what people do about it. */
export type Pace = 'at once' | 'soon' | 'usual' | 'slow';

export type Language = 'en' | 'es' | 'fr' | 'de';

/**
 * One thing that customers write about, with what is answered. Texts have gaps such as {invoice}, which
 * `gaps.ts` fills alike throughout a ticket. Greetings and signatures are added when it is told.
 */
export interface Topic {
  /** Ways to put it in a line; one is chosen. */
  subjects: readonly string[];
  text: string;
  /** What settles it. */
  answer: string;
  pace: Pace;
  language?: Language;
  /** What we have to ask first, and what the customer says. */
  ask?: readonly [question: string, told: string];
  /** What comes back after it seemed settled, and what settles it then. */
  again?: readonly [complaint: string, answer: string];
  /** What we say while somebody else has to do something, and what we note for ourselves. */
  hold?: readonly [holding: string, note: string];
  /** What a colleague should know. */
  note?: string;
  /** The category that a person chooses by hand, where the rules find none or another. */
  really?: string;
  /** The same where people disagree with the rules only so often, 0 to 1. */
  mistaken?: { really: string; often: number };
  /** Whoever answers it writes their own words, whatever is suggested. */
  ownWords?: true;
  /** Name of a file that comes with it. */
  file?: string;
  /** The queue that knows more of it, and what its people are told when they get it. */
  forOthers?: { to: string; reason: string };
  /** Only one person of the desk knows how, so that it is never handed on. */
  forOne?: true;
}

/** Gives all of a list the same pace and language. */
export function topics(
  common: Pick<Topic, 'pace' | 'language' | 'forOne' | 'ownWords'>,
  list: readonly (Omit<Topic, 'pace' | 'language'> & Partial<Pick<Topic, 'pace'>>)[],
): readonly Topic[] {
  return list.map((topic) => ({ ...common, ...topic }));
}
