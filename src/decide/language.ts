import { languageName, statedLanguage } from '../domain/language.ts';
import type { Ticket } from '../domain/ticket.ts';
import { readField } from './conditions/fields.ts';
import type { Turn } from './turn.ts';

/** Where a form or an account says a language, the surer first. */
const STATED_IN = ['fields.language', 'requester.account.language'];

/** The language that a form or the account says; null when neither does. */
export function languageStated(ticket: Ticket): string | null {
  for (const field of STATED_IN) {
    const stated = readField(ticket, field);
    const language = typeof stated === 'string' ? statedLanguage(stated) : null;
    if (language !== null) return language;
  }
  return null;
}

/** What becomes known of an account goes before what the words of the request look like. */
export function hearLanguage(turn: Turn): void {
  const { ticket, before } = turn;
  if (ticket.requester.account === before.requester.account) return;
  const language = languageStated(ticket);
  if (language === null || language === ticket.language) return;
  turn.keep('language', language);
  turn.note({
    stage: 'intake',
    code: 'intake.language',
    params: { language: languageName(language) },
    evidence: [],
    source: { kind: 'default' },
  });
}
