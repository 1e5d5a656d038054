import { z } from 'zod';
import { READINGS } from '../../decide/policy.ts';
import { Condition } from './condition.ts';
import { Name, Percent } from './words.ts';

/** The longest that anybody is held up by a model; so long a request may take in all. */
const MOST_SECONDS = 20;

const About = z
  .string('is not text')
  .trim()
  .min(1, 'is empty')
  .max(300, 'is too long: 300 characters say enough')
  .meta({ examples: ['Invoices, payments that failed, refunds.'] });

const Calls = z.int('is not a whole number').min(1, 'is less than 1');
const Money = z.number('is not a number').positive('is not more than 0');
const Price = z.number('is not a number').min(0, 'is less than 0');

const Caps = z.strictObject({
  callsPerDay: Calls.default(500)
    .describe('Most requests to the endpoint from midnight to midnight.')
    .meta({ examples: [200] }),
  callsPerMonth: Calls.default(10_000)
    .describe('Most requests to the endpoint in a calendar month.')
    .meta({ examples: [5000] }),
  costPerDay: Money.optional()
    .describe('Most that a day may cost, in the currency of the prices. Left out, calls alone count.')
    .meta({ examples: [2] }),
  costPerMonth: Money.optional()
    .describe('Most that a month may cost, in the currency of the prices. Left out, calls alone count.')
    .meta({ examples: [30] }),
});

const Prices = z.strictObject({
  input: Price.describe('For a million tokens that are sent.').meta({ examples: [0.25] }),
  cachedInput: Price.optional()
    .describe('For a million tokens that are sent and that the endpoint still knew. Left out, as `input`.')
    .meta({ examples: [0.025] }),
  output: Price.describe('For a million tokens that come back.').meta({ examples: [2] }),
  currency: z
    .string('is not text')
    .regex(/^[A-Z]{3}$/, 'is not a currency of three letters')
    .default('USD')
    .describe('What the prices are in.')
    .meta({ examples: ['EUR'] }),
});

/** `model` of `triage.yaml`: which language model reads what neither a rule nor the learned classifier could place. */
export const Model = z.strictObject({
  name: z
    .string('is not text')
    .trim()
    .min(1, 'is empty')
    .max(200, 'is too long for a name of a model')
    .describe('As the endpoint calls it; at Azure the name of the deployment.')
    .meta({ examples: ['gpt-5-mini', 'qwen3:8b'] }),
  when: Condition.optional()
    .describe('Of which tickets it is asked, by channel, account or words. Left out, of any that needs it.')
    .meta({ examples: [{ channel: ['website', 'support-mail'] }] }),
  asks: z
    .enum(['whenUnsure', 'always'], 'is neither whenUnsure nor always')
    .default('whenUnsure')
    .describe(
      'Whether it is asked only about tickets to which neither a rule nor the learned classifier gave a category, or ' +
        'about all others, too, for what else there is to read in them.',
    )
    .meta({ examples: ['whenUnsure'] }),
  trust: Percent.default('50%')
    .describe(
      'How often it is taken to be right before anybody knows: four answers of each category count as given, so much ' +
        'of them right. At 50% a category counts from six answers on, all of them right; at 100% it counts at once, ' +
        'until it errs.',
    )
    .meta({ examples: ['50%', '100%'] }),
  threshold: Percent.default('80%')
    .describe(
      'From which confidence its category counts. It is measured, by how often it was right on this desk; what the ' +
        'model says of itself is not asked.',
    )
    .meta({ examples: ['80%'] }),
  takes: z
    .array(z.enum(READINGS, 'is nothing that it reads'))
    .default(['severity', 'language', 'product', 'fields'])
    .describe(
      'What is taken over beside the category, where nobody else has said it. `summary` asks for a summary, too.',
    )
    .meta({ examples: [['severity', 'language', 'product', 'fields', 'summary']] }),
  categories: z
    .record(z.string(), About)
    .default({})
    .describe('What tells a category from the others, for the model. A name that says it all needs none.')
    .meta({ examples: [{ billing: 'Invoices, payments that failed, refunds.' }] }),
  products: z
    .array(Name)
    .default([])
    .describe('What it can say that a ticket is about. Left out, it is not asked.')
    .meta({ examples: [['Web shop', 'Mobile app']] }),
  intents: z
    .record(z.string(), z.string('is not text').trim().max(300, 'is too long: 300 characters say enough'))
    .default({})
    .describe(
      'What it can say that a requester wants, each with what tells it from the others. Left out, it is not asked.',
    )
    .meta({ examples: [{ 'wants money back': 'A refund or a credit.', 'wants to know': '' }] }),
  noSummary: z
    .array(Name)
    .default([])
    .describe('Categories whose tickets are too delicate to be summed up.')
    .meta({ examples: [['account access']] }),
  drafts: z
    .array(Name)
    .default([])
    .describe(
      'Categories for whose tickets it writes a draft of the answer, from your reply, your articles and what was ' +
        'answered before. A person reads it, and sends it or not.',
    )
    .meta({ examples: [['billing', 'access']] }),
  timeout: z
    .string('is not a number of seconds')
    .regex(/^\d{1,2}s$/, 'is not a number of seconds')
    .refine((text) => Number.parseInt(text, 10) >= 1, 'is less than 1s')
    .refine((text) => Number.parseInt(text, 10) <= MOST_SECONDS, `is more than ${MOST_SECONDS}s`)
    .default('20s')
    .describe('So long it is waited for in all, attempts and repairs included.')
    .meta({ examples: ['20s'] }),
  effort: z
    .enum(['minimal', 'low', 'medium', 'high'], 'is not an effort')
    .optional()
    .describe('How long a model that thinks before it answers is to think. Left out, what is usual for it.')
    .meta({ examples: ['low'] }),
  caps: Caps.prefault({})
    .describe('When it is not asked any more; tickets then wait for a person.')
    .meta({ examples: [{ callsPerDay: 200, callsPerMonth: 5000 }] }),
  prices: Prices.optional()
    .describe('What the endpoint charges, so that costs can be shown and capped. Left out, only calls are counted.')
    .meta({ examples: [{ input: 0.25, cachedInput: 0.025, output: 2, currency: 'USD' }] }),
  mask: z
    .boolean('is neither true nor false')
    .optional()
    .describe(
      'Whether names, addresses, numbers and secrets are replaced before a text leaves. Left out, they are, unless ' +
        'the endpoint stands on this machine or in a network of your own.',
    )
    .meta({ examples: [true] }),
  maskAlso: z
    .record(Name, z.string('is not text').min(1, 'is empty'))
    .default({})
    .describe('What else is to be replaced: a name for it, and a regular expression.')
    .meta({ examples: [{ 'customer number': 'K-\\d{6}' }] }),
});
export type Model = z.output<typeof Model>;
