import { withoutQuotes } from '../conditions/quoted.ts';
import { fold } from '../conditions/words.ts';
import { isGratitude } from '../gratitude.ts';

/** What was asked, and what can be chosen; nothing to choose from leaves the answer to the requester. */
export interface Asked {
  field: string;
  question: string;
  choices: readonly string[];
}

export interface Answer {
  field: string;
  value: string;
  /** The words that say so. */
  quote: string;
}

/** A longer answer is a story, and for a person to read. */
const LONGEST_ANSWER = 200;

/** Alone on its line, and the only one of the message. */
const LONGEST_LINE = 100;

/** `1. `, `2) `: the number of the question that a line answers. */
const NUMBERED = /^(\d{1,2}) ?[.):] +/;

const LABELLED = /^([^:=]{1,120})[:=] *(\S.*)$/;

/** Who says so has not answered (folded). */
const UNKNOWING =
  /^(?:i )?(?:don't know|dont know|do not know|no idea|not sure|am not sure)|^keine ahnung|^weiss (?:ich )?nicht|^je ne sais pas|^no (?:lo )?se\b/;

/**
 * Finds the answers in what the requester wrote: by the name or the number of the question at the beginning of a
 * line, by a choice that is named anywhere, or because it is all that was written. What is in doubt is no answer.
 */
export function readAnswers(text: string, asked: readonly Asked[]): readonly Answer[] {
  const own = withoutQuotes(text);
  const lines = own.split('\n').map((line) => line.trim());
  return asked.flatMap((question, index) => {
    const found =
      byLine(lines, question, index + 1) ??
      byChoice(linesBeside(lines, asked, index), question) ??
      (asked.length === 1 ? byAll(lines, question) : null);
    return found === null ? [] : [{ field: question.field, ...found }];
  });
}

/** What is not said of another question by its name or its number. */
function linesBeside(lines: readonly string[], asked: readonly Asked[], index: number): string {
  const isOfAnother = (line: string) => asked.some((other, at) => at !== index && saidIn(line, other, at + 1) !== null);
  return lines.filter((line) => !isOfAnother(line)).join('\n');
}

type Found = Omit<Answer, 'field'>;

function byLine(lines: readonly string[], question: Asked, number: number): Found | null {
  for (const line of lines) {
    const said = saidIn(line, question, number);
    const value = said === null ? null : valueOf(said, question);
    if (value !== null) return { value, quote: line.slice(0, LONGEST_ANSWER) };
  }
  return null;
}

/** What a line says of the question; null when it is about something else. */
function saidIn(line: string, question: Asked, number: number): string | null {
  const [beginning, numeral] = NUMBERED.exec(line) ?? [];
  const rest = line.slice(beginning?.length ?? 0);
  const [, label = '', value = ''] = LABELLED.exec(rest) ?? [];
  if (label !== '' && isName(label, question)) return value;
  return numeral !== undefined && Number(numeral) === number ? rest : null;
}

/** People write the name of a field, or copy the question. */
function isName(label: string, { field, question }: Asked): boolean {
  const names = [field, field.replaceAll(/[_-]+/g, ' '), question];
  return names.map(bare).includes(bare(label));
}

function bare(text: string): string {
  return fold(text)
    .replace(/\([^)]*\)/g, '')
    .replace(/[?:*_\s]+/g, ' ')
    .trim();
}

function valueOf(said: string, { choices }: Asked): string | null {
  if (choices.length > 0) return choiceIn(said, choices)?.choice ?? null;
  const value = said.trim();
  return value === '' || value.length > LONGEST_ANSWER || isUnknowing(value) ? null : value;
}

function byChoice(own: string, { choices }: Asked): Found | null {
  const found = choiceIn(own, choices);
  return found === null ? null : { value: found.choice, quote: found.choice };
}

/** The one choice that a text names. Of "Web shop" and "Shop" the longer counts where both stand in the same words. */
function choiceIn(text: string, choices: readonly string[]): { choice: string } | null {
  const said = ` ${wordsOf(text)} `;
  const named = choices.filter((choice) => said.includes(` ${wordsOf(choice)} `));
  const longest = named.filter(
    (choice) => !named.some((other) => other !== choice && ` ${wordsOf(other)} `.includes(` ${wordsOf(choice)} `)),
  );
  const [choice] = longest;
  return choice === undefined || longest.length > 1 ? null : { choice };
}

function wordsOf(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The one line that there is besides greetings and thanks. */
function byAll(lines: readonly string[], question: Asked): Found | null {
  if (question.choices.length > 0) return null;
  const end = lines.findIndex((line) => /^--\s*$/.test(line));
  const telling = lines
    .slice(0, end < 0 ? lines.length : end)
    .filter((line) => line !== '' && !line.endsWith(',') && !isGratitude(line));
  const [line = ''] = telling;
  const isAnswer = telling.length === 1 && line.length <= LONGEST_LINE && !line.endsWith('?') && !isUnknowing(line);
  return isAnswer ? { value: line.replace(/\.$/, ''), quote: line } : null;
}

function isUnknowing(text: string): boolean {
  return UNKNOWING.test(fold(text).trim());
}
