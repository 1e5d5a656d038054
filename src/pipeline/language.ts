import { withoutQuotes } from '../decide/conditions/quoted.ts';
import { mindsLanguages } from '../decide/conditions/languages.ts';
import { languageStated } from '../decide/language.ts';
import type { Policy } from '../decide/policy.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type LanguageDetector, loadLanguageDetector } from '../kit/language.ts';

/** Gets ready to tell languages apart, for a desk to which they make a difference; null for any other. */
export async function languageDetectorFor(policy: Policy): Promise<LanguageDetector | null> {
  return mindsLanguages(policy) ? loadLanguageDetector() : null;
}

/** What a form or the account says, or else the language of the requester's own words. */
export function languageOf(ticket: Ticket, detect: LanguageDetector | null): string | null {
  const stated = languageStated(ticket);
  if (stated !== null || detect === null) return stated;
  return detect(`${ticket.subject}\n${withoutQuotes(ticket.description)}`);
}
