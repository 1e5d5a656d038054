import type { Policy } from '../decide/policy.ts';
import type { Ticket } from '../domain/ticket.ts';

/** Languages in which we have words for the pages of requesters. */
const LANGUAGES = ['en', 'de', 'es', 'fr'] as const;

/** What a page says, in each of them. */
export type InLanguages<Words> = Readonly<Record<(typeof LANGUAGES)[number], Words>>;

/** Whose language counts. */
export interface Speaking {
  ticket: Pick<Ticket, 'language'>;
  desk: Pick<Policy['desk'], 'language'>;
}

/** The words for a ticket: in its language, else in that of the desk, else in English. */
export function wordsFor<Words>(words: InLanguages<Words>, { ticket, desk }: Speaking): Words {
  const spoken = [ticket.language, desk.language].flatMap((each) => LANGUAGES.find((known) => known === each) ?? []);
  return words[spoken[0] ?? 'en'];
}
