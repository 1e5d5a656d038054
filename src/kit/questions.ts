import type { Attachment } from '../domain/message.ts';
import type { Parsed } from '../ports/channel.ts';
import { type Answer, answersOf, findAt } from './answers.ts';
import type { FormFields } from './form-fields.ts';
import { addressIn, type Found, guessMessage } from './guess-message.ts';
import { inboundMessage } from './inbound-message.ts';
import type { Json } from './json-value.ts';
import { linkedFiles } from './linked-files.ts';
import { emptyRequest } from './readable.ts';

/** More than any form asks; the stored request keeps the rest. */
const MOST_QUESTIONS = 300;

/** A question of a form, with its answer. */
export interface Question {
  /** As people read it. */
  label: string;
  /** By which config may name it besides: its id, its key. */
  ids: readonly string[];
  /** What it asks for, where the form's own type says so; null where it does not. */
  asks: 'email' | 'name' | 'message' | null;
  /** As people read it; empty when the question was skipped. */
  answer: string;
}

/** What a form tool says besides its questions. */
export interface Submission {
  fields: FormFields;
  externalId: string | null;
  sentAt: Temporal.Instant | null;
  files: readonly Attachment[];
  /** What is worth knowing and was not asked, such as the name of the form: a field of the ticket each. */
  about?: Readonly<Record<string, string>>;
}

/** A message of the questions of a form: by config first, by the types of the questions next, then by their titles and looks. */
export function messageOfQuestions(questions: readonly Question[], submission: Submission): Parsed {
  const asked = withAnswers(questions).slice(0, MOST_QUESTIONS);
  const answers = asked.map(({ answer }) => answer);
  const find = (name: string | null) =>
    name === null ? null : foundIn(asked.find(({ question: { label, ids } }) => label === name || ids.includes(name)));
  const { fields } = submission;
  const ofMessages = asked.filter(({ question }) => question.asks === 'message');
  const guess = guessMessage(answers, {
    email: ifAddress(find(fields.email)) ?? foundIn(asked.find(isAddress)),
    name: find(fields.name) ?? foundIn(asked.find(({ question }) => question.asks === 'name')),
    subject: find(fields.subject),
    text: find(fields.message) ?? (ofMessages.length === 1 ? foundIn(ofMessages[0]) : null),
  });
  return parsedOf(guess, { answers, submission, ticket: find('ticket')?.value ?? null });
}

/** A body that has no shape of which we know, by its names and looks, as any JSON is read. */
export function messageOfAny(value: Json, fields: FormFields): Parsed {
  const answers = answersOf(value);
  const find = (name: string | null) => (name === null ? null : findAt(value, name));
  const guess = guessMessage(answers, {
    email: ifAddress(find(fields.email)),
    name: find(fields.name),
    subject: find(fields.subject),
    text: find(fields.message),
  });
  const submission = { fields, externalId: null, sentAt: null, files: linkedFiles(value, null) };
  return parsedOf(guess, { answers, submission, ticket: find('ticket')?.value ?? null });
}

function parsedOf(
  guess: ReturnType<typeof guessMessage>,
  { answers, submission, ticket }: { answers: readonly Answer[]; submission: Submission; ticket: string | null },
): Parsed {
  const { about = {}, files, externalId, sentAt } = submission;
  if (answers.length === 0 && files.length === 0) return { kind: 'unreadable', problem: emptyRequest() };
  const taken = new Set(guess.rest.map(({ path }) => path));
  const beside = answersOf(about).filter(({ path }) => !taken.has(path));
  const message = inboundMessage({ ...guess, rest: [...guess.rest, ...beside] }, { externalId, sentAt, ticket, files });
  return { kind: 'messages', messages: [message] };
}

interface Asked {
  question: Question;
  answer: Answer;
}

/** Those that were answered. Of several with one title each is a field of its own. */
function withAnswers(questions: readonly Question[]): readonly Asked[] {
  const seen = new Map<string, number>();
  return questions.flatMap((question) => {
    if (question.answer.trim() === '') return [];
    const label = question.label.trim() || (question.ids[0] ?? '');
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return [{ question, answer: { path: times === 1 ? label : `${label} (${times})`, label, value: question.answer } }];
  });
}

function isAddress({ question, answer }: Asked): boolean {
  return question.asks === 'email' && addressIn(answer.value) !== null;
}

/** What is no address is looked for elsewhere, and stays a field. */
function ifAddress(found: Found | null): Found | null {
  return found !== null && addressIn(found.value) !== null ? found : null;
}

function foundIn(asked: Asked | undefined): Found | null {
  return asked === undefined ? null : { value: asked.answer.value, used: [asked.answer] };
}

/** The members of an object as questions, where a form names its fields as it likes. */
export function questionsIn(value: Readonly<Record<string, Json>>): readonly Question[] {
  return Object.entries(value).map(([name, held]) => ({ label: name, ids: [], asks: null, answer: answerText(held) }));
}

/** An answer as people read it: yes and no for boxes, a list with commas, what is nested line by line. */
export function answerText(value: Json): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return value.trim() === '' ? '' : value;
  const answers = answersOf(value);
  const isNested = answers.length > 1 || (answers[0]?.path ?? '') !== '';
  return answers.map(({ path, value: text }) => (isNested ? `${path}: ${text}` : text)).join('\n');
}
