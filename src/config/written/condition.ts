import { z } from 'zod';
import { OPEN_FIELDS, TICKET_FIELDS } from '../../decide/conditions/fields.ts';
import {
  AnyFieldTest,
  type FieldTest,
  FRUSTRATION_TEST,
  PRIORITY_TEST,
  SENTIMENT_TEST,
  SEVERITY_TEST,
  STATUS_TEST,
  TextFieldTest,
  TextTest,
} from './field-test.ts';
import { DayOfWeek, oneOrMore, type Weekday } from './words.ts';

/** A condition as an admin writes it. All keys of one group must hold; an empty group holds always. */
export interface WrittenCondition {
  all?: readonly WrittenCondition[] | undefined;
  any?: readonly WrittenCondition[] | undefined;
  not?: WrittenCondition | undefined;
  inHours?: string | undefined;
  outOfHours?: string | undefined;
  weekday?: Weekday | readonly Weekday[] | undefined;
  /** Tests by the name of the field; `text` is subject and message together. */
  fields: readonly { field: string; test: FieldTest }[];
}

/** The keys of a condition that are not fields. */
const COMBINING: ReadonlySet<string> = new Set(['all', 'any', 'not', 'inHours', 'outOfHours', 'weekday']);

/** Fields whose tests are not those of any field. */
const OWN_TESTS: Readonly<Record<string, z.ZodType<FieldTest>>> = {
  subject: TextFieldTest,
  message: TextFieldTest,
  status: STATUS_TEST,
  severity: SEVERITY_TEST,
  priority: PRIORITY_TEST,
  frustration: FRUSTRATION_TEST,
  'reading.frustration': FRUSTRATION_TEST,
  'reading.sentiment': SENTIMENT_TEST,
};

/** What each field is, with an example of a test. */
const FIELD_WORDS: Readonly<Record<string, readonly [description: string, example: unknown]>> = {
  subject: ['What the requester wrote as the subject.', { mentions: ['invoice'] }],
  message: ['What the requester wrote first.', { mentions: ['invoice'] }],
  channel: ['Name of the channel that it came by.', 'website'],
  language: ['The language of the request, as two letters; empty while nobody knows.', 'es'],
  frustration: [
    'How much patience the requester has lost, as a language model reads it where one is configured, or else by the words.',
    'angry',
  ],
  status: ['Where the ticket stands.', 'open'],
  category: ['What the ticket is about.', 'billing'],
  severity: ['How bad it is for the requester.', ['high', 'critical']],
  priority: ['How soon it is to be done.', 'critical'],
  tags: ['Any of the tags.', 'payment'],
  queue: ['The queue in which the ticket stands.', 'billing'],
  assignee: ['The person who has the ticket.', { empty: true }],
  owner: ['The person who has the ticket, or else its queue.', 'billing'],
  needsReview: ['Whether a person must look.', true],
  escalationLevel: ['How far up it was taken: 0 while it is not escalated.', { above: 0 }],
  accountable: ['Who sees to it that an escalation ends well.', { empty: false }],
  reopenCount: ['How often the ticket was opened again.', { above: 1 }],
  satisfaction: ['How content the requester was in the survey, 1 to 5.', { below: 3 }],
  contactCount: ['How often the requester wrote.', { above: 3 }],
  isLight: ['Whether it is a quick exchange, without clocks until it becomes more.', false],
  writtenByMachine: ['Whether a machine wrote it, as its mail says.', true],
  'incident.number': ['The number of the incident that the ticket reports.', { empty: false }],
  isIncident: ['Whether it is an incident: others report it, or a person declared it.', true],
  knownIncident: ['Whether a person declared it an incident.', true],
  linkedCount: ['How many tickets report it.', { above: 9 }],
  openedAt: ['When the requester asked.', { after: '2026-01-01' }],
  createdAt: ['When the ticket was recorded.', { after: '2026-01-01' }],
  lastCustomerMessageAt: ['When the requester last wrote.', { before: '2026-01-01' }],
  lastAgentMessageAt: ['When we last answered.', { empty: true }],
  'reading.frustration': ['How much patience the words tell was lost, as a language model reads them.', 'angry'],
  'reading.sentiment': ['The mood of the words, as a language model reads them.', 'negative'],
  'reading.intent': ['What the requester wants, in the words of a language model.', { empty: false }],
  'requester.name': ['Who asks.', 'Greta Holm'],
  'requester.email': ['The address of who asks.', { empty: true }],
  'requester.domain': ['What stands behind the @ of the address.', 'example.com'],
  'requester.phone': ['The telephone number of who asks, where an authentic sender gives it.', { empty: true }],
  'requester.vip': ['Whether who asks is a VIP: `requester.account.vip` is true.', true],
  'requester.tier': ['The tier of the account: the same as `requester.account.tier`.', ['enterprise', 'premium']],
};

/** What can be asked of the fields that every ticket has. */
const fixedFields: Readonly<Record<string, z.ZodType<FieldTest | undefined>>> = Object.fromEntries(
  Object.keys(TICKET_FIELDS).map((field) => [field, fixedField(field)]),
);

function fixedField(field: string): z.ZodType<FieldTest | undefined> {
  const [description = '', example] = FIELD_WORDS[field] ?? [];
  return (OWN_TESTS[field] ?? AnyFieldTest).optional().meta({ description, examples: [example] });
}

/**
 * The condition of a rule. Beyond the fixed names, whatever begins with `fields.`, `requester.account.` or
 * `row.` is a field that the team named.
 */
export const Condition: z.ZodType<WrittenCondition> = z
  .lazy(() =>
    z
      .object({
        ...fixedFields,
        text: TextTest.optional()
          .describe('The subject and the message together.')
          .meta({ examples: [{ mentions: ['payment failed', 'card declined'] }] }),
        all: z
          .array(Condition)
          .optional()
          .describe('Each of these conditions holds.')
          .meta({ examples: [[{ category: 'billing' }, { priority: 'high' }]] }),
        any: z
          .array(Condition)
          .min(1, 'is empty')
          .optional()
          .describe('At least one of these conditions holds.')
          .meta({ examples: [[{ category: 'billing' }, { priority: 'high' }]] }),
        not: Condition.optional()
          .describe('This condition does not hold.')
          .meta({ examples: [{ category: 'billing' }] }),
        inHours: CalendarName.describe('The calendar of this name is open when the ticket is looked at.'),
        outOfHours: CalendarName.describe('The calendar of this name is closed when the ticket is looked at.'),
        weekday: oneOrMore(DayOfWeek)
          .optional()
          .describe("It is one of these days in the desk's time zone.")
          .meta({ examples: [['Sat', 'Sun']] }),
      })
      .catchall(z.unknown())
      .superRefine(checkOpenFields, { when: isGroup })
      .transform(separateFields),
  )
  .meta({
    id: 'Condition',
    description: 'What must hold of a ticket. All keys of one group must hold; an empty group holds always.',
    examples: [{ text: { mentions: ['payment failed'] }, 'requester.account.invoice': 'unpaid' }],
  });

const CalendarName = z
  .string('is not a name')
  .optional()
  .meta({ examples: ['office'] });

/** Names that are neither fixed nor the team's are misspelt; the team's are tested as any field is. */
function checkOpenFields(condition: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  for (const [field, test] of Object.entries(condition)) {
    if (isFixed(field)) continue;
    if (!isOpenField(field)) {
      context.addIssue({ code: 'unrecognized_keys', keys: [field], input: condition });
      continue;
    }
    for (const issue of AnyFieldTest.safeParse(test).error?.issues ?? []) {
      context.addIssue({ ...issue, path: [field, ...issue.path] });
    }
  }
}

/** Looks at the other keys even when one is wrong already, so that everything is told at once. */
function isGroup({ value }: z.core.ParsePayload): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a name is one that the team gives: to a question of a form, to what it knows of accounts, to a column. */
export function isOpenField(field: string): boolean {
  return Object.values(OPEN_FIELDS).some(
    (beginning) => field.startsWith(beginning) && field.slice(beginning.length).trim() !== '',
  );
}

function isFixed(field: string): boolean {
  return field === 'text' || COMBINING.has(field) || Object.hasOwn(TICKET_FIELDS, field);
}

function separateFields(
  condition: Readonly<Record<string, unknown>> & Omit<WrittenCondition, 'fields'>,
): WrittenCondition {
  const { all, any, not, inHours, outOfHours, weekday } = condition;
  const fields = Object.entries(condition)
    .filter(([field, test]) => !COMBINING.has(field) && test !== undefined)
    .map(([field, test]) => ({ field, test: TextFieldTest.parse(test) }));
  return { all, any, not, inHours, outOfHours, weekday, fields };
}
