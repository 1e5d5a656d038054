import { languageName, statedLanguage } from '../domain/language.ts';
import type { Ticket } from '../domain/ticket.ts';
import { readField } from './conditions/fields.ts';
import type { Because, Turn } from './turn.ts';

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

/**
 * In which language the requester is answered. A person's choice stays; then counts what the form or the account
 * says, what a person chose on an earlier ticket, words that leave no doubt, the language of the ticket before, and
 * last words that might as well be of another language.
 */
export function hearLanguage(turn: Turn): void {
  const { ticket, before } = turn;
  if (ticket.overrides.language !== undefined) return;
  const isNews = ticket.requester.account !== before.requester.account;
  const stated = isNews || ticket.language === null ? languageStated(ticket) : null;
  if (stated === null) return hearWords(turn);
  if (stated === ticket.language) return;
  turn.keep('language', stated);
  if (isNews) note(turn, stated, { code: 'intake.language' });
}

/** What only confirms the words, or is told by them alone, needs no line in the log. */
function hearWords(turn: Turn): void {
  const heard = turn.ticket.language === null ? turn.facts.language : null;
  if (heard === null) return;
  const { words, earlier } = heard;
  const isDoubtful = words === null || !words.isSure;
  const language = earlier !== null && (isDoubtful || earlier.by !== null) ? earlier.language : words?.language;
  if (language === undefined) return;
  turn.keep('language', language);
  if (earlier === null || language === words?.language) return;
  const { number, by } = earlier;
  note(
    turn,
    language,
    by === null ? { code: 'intake.language_earlier', number } : { code: 'intake.language_chosen', number, by },
  );
}

function note(turn: Turn, language: string, { code, ...params }: { code: string } & Because['params']): void {
  turn.note({
    stage: 'intake',
    code,
    params: { language: languageName(language), ...params },
    evidence: [],
    source: { kind: 'default' },
  });
}
