import { z } from 'zod';
import { Frustration, oneOrMore, Priority, Sentiment, Severity, Status } from './words.ts';

/** A phrase has a letter or a digit, and a `*` only at the end of a word. */
const Phrase = z
  .string('is not a phrase')
  .regex(/[\p{L}\p{N}]/u, 'is not a phrase: it has no letters')
  .regex(/^(?:[^*]|(?<=[\p{L}\p{N}])\*(?![\p{L}\p{N}*]))*$/u, 'is not a phrase: a * stands only at the end of a word')
  .meta({ examples: ['payment failed', 'refund*'] });

const Pattern = z.string('is not a pattern').min(1, 'is an empty pattern');

const textTests = {
  mentions: oneOrMore(Phrase)
    .optional()
    .describe(
      'Any of these phrases as whole words, whatever the capitals and accents. A * at the end of a word stands for ' +
        'any ending. Quoted mail and denied words ("not urgent") do not count.',
    )
    .meta({ examples: [['payment failed', 'card declined'], 'refund*'] }),
  matches: Pattern.optional()
    .describe('A regular expression (RE2 syntax), whatever the capitals. Quoted mail does not count.')
    .meta({ examples: ['\\binv-\\d{6}\\b'] }),
};

const Moment = z
  .string('is not a date or a time with its zone')
  .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/, 'is not a date or a time with its zone')
  .refine(isMoment, 'is not a date or a time with its zone')
  .meta({ examples: ['2026-01-01', '2026-01-01T09:00+01:00'] });

function isMoment(text: string): boolean {
  try {
    return momentOf(text) !== null;
  } catch {
    return false;
  }
}

/** The instant of a moment that passed the schema; a date alone is its beginning in UTC. */
export function momentOf(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.length === 10 ? `${text}T00:00Z` : text);
}

const Scalar = z.union([z.string(), z.number(), z.boolean()], 'is not a value');
export type Scalar = z.output<typeof Scalar>;

/** All that can be asked of one field, `text` included. */
export interface Tests {
  is?: Scalar | undefined;
  oneOf?: readonly Scalar[] | undefined;
  above?: number | undefined;
  below?: number | undefined;
  before?: string | undefined;
  after?: string | undefined;
  empty?: boolean | undefined;
  mentions?: string | readonly string[] | undefined;
  matches?: string | undefined;
}
export type FieldTest = Scalar | readonly Scalar[] | Tests;

/** What can be asked of the text: subject and message together. */
export const TextTest = z.strictObject(textTests).refine(saysSomething, 'is empty');

/** What can be asked of the subject or of the message: the text tests, and those of any field. */
export const TextFieldTest = testOf(Scalar, textTests);

/** What can be asked of any other field. */
export const AnyFieldTest = testOf(Scalar, {}).meta({ id: 'FieldTest', description: 'A test of a field.' });

/** Of fields that hold one of a few words, so that an editor can offer them. */
export const STATUS_TEST = testOf(Status, {});
export const SEVERITY_TEST = testOf(Severity, {});
export const PRIORITY_TEST = testOf(Priority, {});
export const FRUSTRATION_TEST = testOf(Frustration, {});
export const SENTIMENT_TEST = testOf(Sentiment, {});

/** A plain value means is, a list means one of, a group of tests means all of them. */
function testOf<Value extends z.ZodType<Scalar>, More extends z.ZodRawShape>(value: Value, more: More) {
  return z.union([
    value,
    z.array(value).min(1, 'is empty'),
    z.strictObject({ ...fieldTests(value), ...more }).refine(saysSomething, 'is empty'),
  ]);
}

function fieldTests<Value extends z.ZodType<Scalar>>(value: Value) {
  return {
    is: value
      .optional()
      .describe('Exactly this, whatever the capitals.')
      .meta({ examples: ['high'] }),
    oneOf: z
      .array(value)
      .min(1, 'is empty')
      .optional()
      .describe('One of these.')
      .meta({ examples: [['high', 'critical']] }),
    above: z
      .number()
      .optional()
      .describe('A number above this.')
      .meta({ examples: [100] }),
    below: z
      .number()
      .optional()
      .describe('A number below this.')
      .meta({ examples: [100] }),
    before: Moment.optional().describe('Earlier than this.'),
    after: Moment.optional().describe('Later than this.'),
    empty: z
      .boolean()
      .optional()
      .describe('true: nothing is in the field. false: something is.')
      .meta({ examples: [true] }),
  };
}

function saysSomething(test: object): boolean {
  return Object.keys(test).length > 0;
}
