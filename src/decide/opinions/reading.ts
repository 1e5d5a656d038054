import { languageName, statedLanguage } from '../../domain/language.ts';
import { readingOf, type Reading } from '../../domain/opinion.ts';
import { PRIORITIES, type Priority, SEVERITIES, type Severity } from '../../domain/ticket.ts';
import { missingFields } from '../model-question.ts';
import { isOpenQuestion } from '../normalise.ts';
import type { ModelPolicy } from '../policy.ts';
import type { Because, Turn } from '../turn.ts';
import { opinionFrom } from './choose.ts';

/** Whoever writes may say anything; what is critical, rules and people say. */
const HIGHEST_READ = 'high';

/** A longer answer is a story, and for a person to read. */
const LONGEST_ANSWER = 200;

/** The field in which a product stands. */
const PRODUCT = 'product';

/** Takes over what a language model read, where nothing is known yet and as far as the config lets it. */
export function takeReading(turn: Turn): void {
  const { model } = turn.policy.triage;
  const reading = readingOf(turn.ticket);
  if (model === null || reading === null || turn.occasion.kind !== 'advised') return;
  if (model.takes.includes('language')) takeLanguage(turn, reading);
  if (model.takes.includes('product')) takeProduct(turn, reading, model);
  if (model.takes.includes('fields')) takeFields(turn, reading);
}

/** The severity that a model read; null where the config takes none of it. It is never taken for more than high. */
export function severityRead({ ticket, policy }: Turn): Severity | null {
  const severity = readingOf(ticket)?.severity ?? null;
  if (severity === null || policy.triage.model?.takes.includes('severity') !== true) return null;
  const isBeyond = SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(HIGHEST_READ);
  return isBeyond ? HIGHEST_READ : severity;
}

/** A severity that was only read raises the usual priority by one step at most, to high at most, and lowers none. */
export function priorityRead(turn: Turn, wanted: Priority): Priority {
  const usual = PRIORITIES.indexOf(turn.policy.triage.defaultPriority);
  const most = Math.min(PRIORITIES.indexOf(wanted), usual + 1, PRIORITIES.indexOf(HIGHEST_READ));
  const now = PRIORITIES.indexOf(turn.ticket.priority);
  return PRIORITIES[Math.max(now, most)] ?? turn.ticket.priority;
}

function takeLanguage(turn: Turn, reading: Reading): void {
  const language = reading.language === null ? null : statedLanguage(reading.language);
  if (language === null || turn.ticket.language !== null) return;
  turn.keep('language', language);
  turn.note(read(turn, 'triage.language_read', { language: languageName(language) }));
}

function takeProduct(turn: Turn, { product }: Reading, { products }: ModelPolicy): void {
  if (product !== null && products.includes(product)) fillIn(turn, PRODUCT, product);
}

/** Only what the config would ask the requester for. */
function takeFields(turn: Turn, { fields }: Reading): void {
  for (const { field, choices } of missingFields(turn.subject, turn.policy)) {
    const value = Object.hasOwn(fields, field) ? (fields[field] ?? '').trim() : '';
    const isAnswer = choices.length === 0 ? value.length <= LONGEST_ANSWER : choices.includes(value);
    if (value !== '' && isAnswer) fillIn(turn, field, value);
  }
}

function fillIn(turn: Turn, field: string, value: string): void {
  if (!isOpenQuestion(turn.ticket, field)) return;
  turn.keep('fields', { ...turn.ticket.fields, [field]: value });
  turn.note(read(turn, 'triage.field_read', { field, value }));
}

/** What a model made of the text in a sentence or two, of tickets that may be summed up; taken away from any other. */
export function keepSummary(turn: Turn): void {
  const { ticket, policy } = turn;
  const { takes = [], noSummaryOf = [] } = policy.triage.model ?? {};
  const { category } = ticket;
  const isAllowed = takes.includes('summary') && category !== null && !noSummaryOf.includes(category);
  const summary = readingOf(ticket)?.summary ?? null;
  const because = read(turn, isAllowed ? 'triage.summed_up' : 'triage.not_summed_up', { category });
  turn.change('summary', isAllowed ? summary : null, because);
}

/** Why something is so that a language model read, by its name. */
export function read({ ticket }: Turn, code: string, params: Because['params']): Because {
  const name = opinionFrom(ticket.opinions, 'language_model')?.name ?? '';
  return { stage: 'triage', code, params: { ...params, name }, evidence: [], source: { kind: 'model', name } };
}
