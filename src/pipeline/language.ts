import { readField } from '../decide/conditions/fields.ts';
import { withoutQuotes } from '../decide/conditions/quoted.ts';
import { mindsLanguages } from '../decide/conditions/languages.ts';
import type { Policy } from '../decide/policy.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type LanguageDetector, loadLanguageDetector, statedLanguage } from '../kit/language.ts';

/** Where a form or an account says a language. */
const STATED_IN = ['fields.language', 'requester.account.language'];

/** Gets ready to tell languages apart, for a desk to which they make a difference; null for any other. */
export async function languageDetectorFor(policy: Policy): Promise<LanguageDetector | null> {
  return mindsLanguages(policy) ? loadLanguageDetector() : null;
}

/** What a form or the account says, or else the language of the requester's own words. */
export function languageOf(ticket: Ticket, detect: LanguageDetector | null): string | null {
  for (const field of STATED_IN) {
    const stated = readField(ticket, field);
    const language = typeof stated === 'string' ? statedLanguage(stated) : null;
    if (language !== null) return language;
  }
  return detect === null ? null : detect(`${ticket.subject}\n${withoutQuotes(ticket.description)}`);
}
