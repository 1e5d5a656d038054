import { z } from 'zod';
import { identityOf } from '../../domain/requester.ts';
import { Condition } from './condition.ts';
import { Duration, Name, Seconds } from './words.ts';

/** A mail address, or an id with its kind in front. */
const WrittenIdentity = z
  .string('is neither a mail address nor an id with its kind in front')
  .refine((text) => identityOf(text) !== null, 'is neither a mail address nor an id with its kind in front')
  .meta({ examples: ['greta@example.com', 'phone:+49 151 12345', 'slack:U123'] });

/** Host names as they stand behind the @ of an address. */
const DOMAIN = /^(?=.{3,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]*[\p{L}]$/u;
const Domain = z
  .string('is not a domain')
  .trim()
  .toLowerCase()
  .regex(DOMAIN, 'is not a domain')
  .meta({ examples: ['acme.example'] });

/** Names that rules can write behind `requester.account.`. */
const FieldName = z.string().regex(/^\w{1,80}$/, 'is not a name of letters, digits and _');

const Value = z.union([z.string().max(200), z.number(), z.boolean()], 'is not a text, a number, true or false');

const Account = z.strictObject({
  domains: z
    .array(Domain)
    .default([])
    .describe('Whoever writes from one of these, or from one below it, belongs to the account.')
    .meta({ examples: [['acme.example']] }),
  people: z
    .array(WrittenIdentity)
    .default([])
    .describe('Who else belongs to it, whatever the domain: addresses, telephone numbers, ids of chats.')
    .meta({ examples: [['ceo@gmail.com', 'slack:U123']] }),
  tier: Name.optional()
    .describe('Rules ask for it as `requester.tier`.')
    .meta({ examples: ['enterprise'] }),
  vip: z
    .boolean('is neither true nor false')
    .optional()
    .describe('Its tickets go before those of all who are no VIPs. Left out, what others say counts.')
    .meta({ examples: [true] }),
  fields: z
    .record(FieldName, Value)
    .default({})
    .describe('What else is known of it; rules ask for it as `requester.account.<name>`.')
    .meta({ examples: [{ plan: 'gold', region: 'EU' }] }),
});

const ColumnTitle = z.string('is not a name').trim().min(1, 'is an empty name').max(255);

const TableMatch = z.strictObject({
  email: ColumnTitle.optional()
    .describe('Column with their mail addresses.')
    .meta({ examples: ['Email'] }),
  domain: ColumnTitle.optional()
    .describe('Column with domains: whoever writes from one of them, or from one below it.')
    .meta({ examples: ['Domains'] }),
  phone: ColumnTitle.optional()
    .describe('Column with telephone numbers.')
    .meta({ examples: ['Phone'] }),
  chat: ColumnTitle.optional()
    .describe('Column with ids of chats, as `slack:U123` or as `U123`.')
    .meta({ examples: ['Slack ID'] }),
});

const LookUp = z.strictObject({
  name: z
    .string('is not a name')
    .trim()
    .min(1, 'is an empty name')
    .max(40, 'is too long for a name: 40 characters are the most')
    .describe('What it is called in decisions. Each name once.')
    .meta({ examples: ['crm'] }),
  url: z
    .string('is not an address of the web')
    .regex(/^https?:\/\/[^\s{}]+\/|^https?:\/\/[^\s{}/]+$/, 'is not an address of the web with its host written out')
    .max(2000)
    .optional()
    .describe(
      'What is asked, with fields of the ticket in braces behind the host: `requester.email`, `requester.domain`, `requester.phone`, `fields.<name>`, `requester.account.<name>`. A ticket that lacks one of them is not looked up.',
    )
    .meta({ examples: ['https://crm.example/api/customers?email={requester.email}'] }),
  table: ColumnTitle.optional()
    .describe(
      'In place of `url`: a table of your base beside the tickets, by its name or its id. It is read now and then, and each ticket is matched with what was read; of the keys below, `headers`, `timeout`, `cacheFor`, `notFound` and `internal` are not for it.',
    )
    .meta({ examples: ['Contacts'] }),
  match: TableMatch.optional()
    .describe('By which columns of the table a requester is known. At least one.')
    .meta({ examples: [{ email: 'Email', domain: 'Domains' }] }),
  when: Condition.optional()
    .describe('Only for tickets of which this holds.')
    .meta({ examples: [{ 'requester.domain': { empty: false } }] }),
  headers: z
    .record(
      z.string().regex(/^[A-Za-z0-9-]+$/, 'is not the name of a header'),
      z.string('is not a text').regex(/^[\x20-\x7e]*$/, 'is not a text for a header'),
    )
    .default({})
    .describe('Headers to send. A secret stands there by the name of its environment variable.')
    .meta({ examples: [{ Authorization: 'Bearer env:CRM_TOKEN' }] }),
  timeout: Seconds.default('2s').describe(
    'For so long requests that have just come wait for the answer. After that they go on without it.',
  ),
  cacheFor: Duration.default('1h').describe('For so long an answer counts. Who writes again later is looked up anew.'),
  answers: z
    .record(FieldName, z.string('is not a path').min(1, 'is an empty path'))
    .default({})
    .describe(
      'What to take from the answer: the name behind `requester.account.`, and the dotted path in the JSON; of a table, the title of the column. Nothing else of it is kept. Of a table, `account` is the name of the account.',
    )
    .meta({ examples: [{ plan: 'account.plan', invoice: 'billing.state' }] }),
  samePerson: z
    .string('is not a path')
    .min(1, 'is an empty path')
    .optional()
    .describe(
      'Dotted path to the other addresses of the person, a text or a list; of a table, the title of the column. They count as the same person from then on.',
    )
    .meta({ examples: ['contact.emails'] }),
  notFound: z
    .array(z.int('is not a status of HTTP').min(400).max(499))
    .default([404])
    .describe('Answers that mean "nobody of that name here", and no fault.')
    .meta({ examples: [[404]] }),
  internal: z
    .boolean('is neither true nor false')
    .default(false)
    .describe('Whether it may stand in a network of your own. Left out, only addresses of the internet are asked.')
    .meta({ examples: [true] }),
});

/** `customers.yaml`: who asks, beyond what the message says. */
export const Customers = z.strictObject({
  accounts: z
    .record(Name, Account)
    .default({})
    .describe('Customers that are kept here by hand, by name. For many, use a look-up.')
    .meta({ examples: [{ Acme: { domains: ['acme.example'], tier: 'enterprise', vip: true } }] }),
  vips: z
    .array(z.union([WrittenIdentity, Domain], 'is neither a mail address, nor an id with its kind, nor a domain'))
    .default([])
    .describe('VIPs beside the accounts: addresses, ids, domains.')
    .meta({ examples: [['board@example.com', 'bigcustomer.example']] }),
  aliases: z
    .array(z.array(WrittenIdentity).min(2, 'names one only'))
    .default([])
    .describe('People with several addresses, numbers or ids: a list for each person.')
    .meta({ examples: [[['greta@example.com', 'greta.holm@gmail.com', 'phone:+49 151 12345']]] }),
  accountQuestions: z
    .array(Name)
    .default([])
    .describe(
      'Questions of your forms whose answer names an account. Anybody can write anything into a form, so name some only where that does no harm.',
    )
    .meta({ examples: [['Company']] }),
  lookups: z
    .array(LookUp)
    .default([])
    .describe(
      'Where to ask for what else is known of a person: a CRM, billing, a table of the base. Of several the later counts more.',
    )
    .meta({
      examples: [
        [
          {
            name: 'crm',
            url: 'https://crm.example/api/customers?email={requester.email}',
            headers: { Authorization: 'Bearer env:CRM_TOKEN' },
            answers: { plan: 'account.plan' },
          },
        ],
      ],
    }),
});
export type Customers = z.output<typeof Customers>;
