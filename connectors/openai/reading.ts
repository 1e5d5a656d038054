import { statedLanguage } from '../../src/domain/language.ts';
import { FRUSTRATIONS, type Reading, SENTIMENTS } from '../../src/domain/opinion.ts';
import { SEVERITIES } from '../../src/domain/severity.ts';
import type { TriageQuestion } from '../../src/domain/triage-question.ts';
import { chosen, copiedFrom } from './chosen.ts';
import { visibleText } from '../../src/kit/visible-text.ts';
import { plainProse } from './prose.ts';
import { fieldKey, type ModelAnswer } from './wire.ts';

/** Why a ticket stands where it stands fits into one sentence of 200 characters, the quote included. */
const MOST_OF_REASON = 100;
const MOST_OF_QUOTE = 90;
const MOST_OF_SUMMARY = 300;

/** A longer answer is a story, and for a person to read. */
const MOST_OF_FIELD = 200;

/** What a reading is made of. */
export interface Heard {
  answer: ModelAnswer;
  /** All that the model was told beside the ticket: none of it may come back. */
  told: string;
  /** Puts back what was hidden from the model. */
  show: (text: string) => string;
}

/**
 * Takes of an answer what the lists of the question hold, and what the requester wrote. All else is left out: whatever
 * a model was talked into stays here.
 */
export function readingOf(question: TriageQuestion, heard: Heard): Reading & { category: string | null } {
  const { answer } = heard;
  const text = visibleText(`${question.subject}\n${question.text}`);
  const category = chosen(
    answer.category,
    question.categories.map(({ name }) => name),
  );
  const mayBeSummedUp = category !== null && question.summaryFor.includes(category);
  return {
    category,
    severity: chosen(answer.severity, SEVERITIES),
    product: chosen(answer.product, question.products),
    language: answer.language === null ? null : statedLanguage(answer.language),
    sentiment: chosen(answer.sentiment, SENTIMENTS),
    frustration: chosen(answer.frustration, FRUSTRATIONS),
    intent: chosen(
      answer.intent,
      question.intents.map(({ name }) => name),
    ),
    reason: reasonOf(heard, text),
    summary: mayBeSummedUp ? prose(answer.summary, MOST_OF_SUMMARY, heard) : null,
    fields: fieldsOf(question, heard, text),
  };
}

/** A sentence with words of the requester that prove it; empty without them, as then nobody knows what it rests on. */
function reasonOf(heard: Heard, text: string): string {
  const { quote, reason } = heard.answer;
  const said = plainProse(copied(quote, heard, text), { most: MOST_OF_QUOTE, told: '' });
  const sentence = prose(reason, MOST_OF_REASON, heard);
  if (said === null || sentence === null) return '';
  return `${sentence.replace(/[.!:;,\s]+$/, '')}: “${said}”`;
}

function prose(written: string | null, most: number, { show, told }: Heard): string | null {
  return plainProse(written === null ? null : show(written), { most, told });
}

/** Words of the requester as they stand in the text, with what was hidden of them; null for what nobody wrote. */
function copied(said: string | null, { show }: Heard, text: string): string | null {
  return said === null ? null : copiedFrom(text, show(said));
}

/** One of the choices, or else words of the requester. */
function fieldsOf({ missing }: TriageQuestion, heard: Heard, text: string): Readonly<Record<string, string>> {
  const said = missing.flatMap(({ field, choices }, index): [string, string][] => {
    const value = heard.answer.fields[fieldKey(index)] ?? null;
    const found = choices.length > 0 ? chosen(value, choices) : copied(value, heard, text);
    return found === null || found.length > MOST_OF_FIELD ? [] : [[field, found]];
  });
  return Object.fromEntries(said);
}
