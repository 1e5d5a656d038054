import { Liquid, LiquidError, type Template, type Variable } from 'liquidjs';
import type { Policy, ReplyTemplate } from '../decide/policy.ts';
import { promisedAt } from '../decide/sla/due-fields.ts';
import { versionOf } from '../decide/replies.ts';
import { Problem } from '../domain/problem.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { letterMoment, type Telling } from './letter-moment.ts';

/**
 * What fills the gaps of a reply, by their names: `ticket.number`. Moments are told in the language of the letter.
 * `docs/reference/config.md` lists them.
 */
export type ReplyValues = Readonly<Record<string, string | Temporal.Instant>>;

/** The gaps that every template can have, with what fills them. */
export const REPLY_FIELDS = {
  'ticket.number': 'The number, as T-1042.',
  'ticket.subject': 'What the ticket is about, as the requester put it.',
  'ticket.status': 'Where the ticket stands.',
  'ticket.category': 'What triage says it is; empty when it says nothing.',
  'ticket.priority': 'How soon it is to be done.',
  'requester.name': 'Who asks.',
  'requester.email': 'The address of who asks.',
  'desk.name': 'The name of your desk.',
  'ticket.link':
    'The page of the ticket for whoever asked; empty without a channel of the kind portal, and while PUBLIC_URL is not set.',
  'promise.first_reply': 'By when the first answer is promised; empty where nothing is.',
  'promise.resolution': 'By when the resolution is promised; empty where nothing is.',
} as const;

/** What fills the gaps that every template can have. */
export function replyValues(
  { desk }: Policy,
  ticket: Ticket,
): Record<keyof typeof REPLY_FIELDS, string | Temporal.Instant> {
  return {
    'ticket.number': ticketName(desk.prefix, ticket.number),
    'ticket.subject': ticket.subject,
    'ticket.status': ticket.status,
    'ticket.category': ticket.category ?? '',
    'ticket.priority': ticket.priority,
    'requester.name': ticket.requester.name,
    'requester.email': ticket.requester.email ?? '',
    'desk.name': desk.name,
    'ticket.link': '',
    'promise.first_reply': promisedAt(ticket, 'first_reply') ?? '',
    'promise.resolution': promisedAt(ticket, 'resolution') ?? '',
  };
}

/** The template around what an agent writes. Config names the others; this one is known by its name. */
export const AGENT_REPLY = 'reply';

/** What a template is used for, and the gaps that it can have then beyond those of every reply. */
export const PURPOSE_FIELDS = {
  acknowledgement: {},
  clarification: { 'missing.questions': 'The questions, numbered where there are several, with what can be chosen.' },
  selfService: {},
  articleAnswer: {
    'article.title': 'The title of the article that answers.',
    'article.text': 'What the article says, as plain text.',
    'article.link': 'Where it can be read whole; empty where the article has no address.',
    'answer.person':
      'How to reach a person, and how to say that it is solved; in the language of the letter. It must be in it.',
  },
  handoff: { 'queue.name': 'The queue that has the ticket now, or helps.' },
  escalation: {
    'escalation.accountable': 'Who answers for the escalation.',
    'escalation.since': 'When it was escalated.',
  },
  incident: {
    'incident.number': 'The number of the ticket that stands for the incident, as T-1042.',
    'incident.message': 'What a person wrote in Incident message; empty where nobody did.',
  },
  reminder: {
    'reminder.until':
      'When the ticket counts as resolved unless they answer: Fri 17 Apr 09:45 (Europe/Berlin), in the language of the letter.',
  },
  summary: {
    'resolution.text': 'What was done, as it stands in Resolution; empty when nobody wrote it down.',
    'resolution.advice': 'The advice for the category; empty when there is none.',
  },
  checkIn: {},
  survey: {
    'survey.link': 'The page that asks how it was.',
    'survey.link1': 'The same with the score 1 chosen, the worst.',
    'survey.link2': 'The same with the score 2 chosen.',
    'survey.link3': 'The same with the score 3 chosen.',
    'survey.link4': 'The same with the score 4 chosen.',
    'survey.link5': 'The same with the score 5 chosen, the best.',
  },
  reply: { 'reply.text': 'What the agent wrote.', 'reply.author': 'Who wrote it.' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
export type Purpose = keyof typeof PURPOSE_FIELDS;

/** The names of the gaps that a template can have when it is used so. */
function gapsFor(purpose: Purpose): readonly string[] {
  return [...Object.keys(REPLY_FIELDS), ...Object.keys(PURPOSE_FIELDS[purpose])];
}

/** The names of the gaps that a reply of this name can have, in whatever language and whatever it is used for. */
export function gapsOfFile(name: string): readonly string[] {
  if (name === AGENT_REPLY) return gapsFor('reply');
  return [...Object.keys(REPLY_FIELDS), ...Object.values(PURPOSE_FIELDS).flatMap((fields) => Object.keys(fields))];
}

/** Something wrong with a template. Lines and columns count from 1, within the text that was given. */
export interface TemplateFault {
  line: number;
  column: number;
  message: string;
  /** The gap that nothing fills, when that is the fault. */
  unknownField: string | null;
}

/**
 * Fills the gaps of a template; moments as its language tells them, which is the desk's where the template is for all.
 * The subject comes back on one line, so that it can stand in a mail's header. Throws `config.reply-unfillable` when a
 * gap has no value; the config check keeps that from happening.
 */
export function renderReply(
  template: ReplyTemplate,
  values: ReplyValues,
  desk: Telling,
): { subject: string; text: string } {
  const telling = { ...desk, language: versionOf(template.name).language ?? desk.language };
  try {
    const { subject, text } = filled(parsed(template), nested(values, telling));
    return { subject: subject.replaceAll(/\s+/g, ' ').trim(), text: text.trim() };
  } catch (cause) {
    throw unfillable(template.name, cause);
  }
}

/** A template that was read once, for all the replies that it makes. */
interface Parsed {
  liquid: Liquid;
  subject: Template[];
  body: Template[];
}

const PARSED = new WeakMap<ReplyTemplate, Parsed>();

function parsed(template: ReplyTemplate): Parsed {
  const known = PARSED.get(template);
  if (known !== undefined) return known;
  const liquid = engine();
  const fresh = { liquid, subject: liquid.parse(template.subject), body: liquid.parse(template.body) };
  PARSED.set(template, fresh);
  return fresh;
}

/** Liquid looks `ticket.number` up as the number of a ticket. */
function nested(values: ReplyValues, telling: Telling): Readonly<Record<string, Record<string, string>>> {
  const groups: Record<string, Record<string, string>> = {};
  for (const [field, value] of Object.entries(values)) {
    const [group = '', name = ''] = field.split('.');
    groups[group] = { ...groups[group], [name]: typeof value === 'string' ? value : letterMoment(value, telling) };
  }
  return groups;
}

function filled({ liquid, subject, body }: Parsed, values: object): { subject: string; text: string } {
  return { subject: String(liquid.renderSync(subject, values)), text: String(liquid.renderSync(body, values)) };
}

/** What is wrong with a template's text; an empty list when every gap is one of those that are known. */
export function templateFaults(text: string, known: readonly string[]): readonly TemplateFault[] {
  let gaps: readonly Variable[];
  try {
    gaps = gapsOf(text);
  } catch (error) {
    return [syntaxFault(error)];
  }
  const unknown = gaps
    .map((variable) => ({ field: nameOf(variable), ...variable.location }))
    .filter(({ field }) => !known.includes(field))
    .map(({ field, row, col }) => ({
      line: row,
      column: col,
      message: `"${field}" is not a field of a reply`,
      unknownField: field,
    }));
  return unknown.length > 0 ? unknown : tried(text, known);
}

/** Whatever cannot be seen without filling it in, such as a filter that is given too much. */
function tried(text: string, known: readonly string[]): readonly TemplateFault[] {
  const sample = Object.fromEntries(known.map((name) => [name, 'a word']));
  try {
    engine().parseAndRenderSync(text, nested(sample, SAMPLE_DESK));
    return [];
  } catch (error) {
    return [syntaxFault(error)];
  }
}

const SAMPLE_DESK: Telling = { timeZone: 'UTC', language: 'en' };

/** The gaps of a template that nothing fills when it is used so. */
export function unfilledGaps({ subject, body }: ReplyTemplate, purpose: Purpose): readonly string[] {
  const known = gapsFor(purpose);
  return gapNames({ subject, body }).filter((name) => !known.includes(name));
}

/** The names of all gaps of a template; none of a text that cannot be read, as `templateFaults` says so. */
export function gapNames({ subject, body }: Pick<ReplyTemplate, 'subject' | 'body'>): readonly string[] {
  const readable = [subject, body].filter((text) => !templateFaults(text, []).some(isOfSyntax));
  return [...new Set(readable.flatMap(gapsOf).map(nameOf))];
}

function isOfSyntax({ unknownField }: TemplateFault): boolean {
  return unknownField === null;
}

function gapsOf(text: string): readonly Variable[] {
  const liquid = engine();
  return Object.values(liquid.analyzeSync(liquid.parse(text)).globals).flat();
}

function nameOf(variable: Variable): string {
  return variable.segments.map(String).join('.');
}

/**
 * Filters that fail on some words: decoders, and those of lists, which no gap is. A letter that cannot be written would
 * cost a ticket its turn.
 */
const FAILING = ['base64_decode', 'url_decode', 'find', 'find_index', 'group_by', 'has', 'reject', 'where'];
const FAILING_FILTERS = [...FAILING, ...FAILING.map((name) => `${name}_exp`)];

/** Plain text: nothing is escaped. A template is one file, so that the tags which read others are gone. */
function engine(): Liquid {
  const liquid = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true, templates: {} });
  for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];
  for (const filter of FAILING_FILTERS) delete liquid.filters[filter];
  return liquid;
}

function syntaxFault(error: unknown): TemplateFault {
  if (!LiquidError.is(error)) throw error;
  const [line, column] = error.token.getPosition();
  const message = error.message.replace(/,? ?(file:.*?, )?line:\d+, col:\d+$/, '');
  return { line: line ?? 1, column: column ?? 1, message, unknownField: null };
}

function unfillable(name: string, cause: unknown): Problem {
  const said = cause instanceof Error ? cause.message : 'it cannot be read';
  return new Problem(
    {
      code: 'config.reply-unfillable',
      message: `The reply template ${name} cannot be filled in: ${said}.`,
      fix: `Mend replies/${name}.md in the config folder; tabledesk check names the place.`,
    },
    { cause },
  );
}
