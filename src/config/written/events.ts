import { z } from 'zod';
import { EVENT_TYPES } from '../../domain/ticket-event.ts';
import { Condition } from './condition.ts';
import { ruleHead } from './rule.ts';
import { Address, Name, oneOrMore, SecretReference } from './words.ts';

/** Stands for all of them. */
export const EVERY_EVENT = 'ticket.*';

/** It stands in the address of a page. */
const SubscriptionName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'is not a name for an address: small letters, digits and hyphens');

const Subscription = z.strictObject({
  why: ruleHead.why.describe('One sentence: what the receiver does with it.').meta({
    examples: ['Sales sees in the CRM what their accounts ask.'],
  }),
  owner: ruleHead.owner.describe('Who decides about it: a person or a role.').meta({ examples: ['sales lead'] }),
  url: z
    .string('is not an address')
    .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$|^https?:\/\/[^\s/]+(\/\S*)?$/, 'is neither an address of the web nor env:NAME')
    .describe('Where events are posted to: the name of an environment variable, or an address that holds no secret.')
    .meta({ examples: ['env:CRM_WEBHOOK_URL', 'https://crm.example/hooks/desk'] }),
  secret: oneOrMore(SecretReference)
    .describe(
      'What signs them, by the name of its environment variable: `whsec_` and 24 to 64 random bytes as base64. A list of two lets you change it in peace.',
    )
    .meta({ examples: ['env:CRM_WEBHOOK_SECRET', ['env:CRM_SECRET_NEW', 'env:CRM_SECRET']] }),
  events: z
    .array(z.enum([EVERY_EVENT, ...EVENT_TYPES], 'is not an event'))
    .min(1, 'is empty')
    .describe('What is told; `ticket.*` for everything. docs/events.md has the list.')
    .meta({ examples: [['ticket.created', 'ticket.resolved'], [EVERY_EVENT]] }),
  when: Condition.optional()
    .describe('Only of tickets of which this holds after what happened. Left out, of all.')
    .meta({ examples: [{ category: 'billing' }] }),
  messages: z
    .boolean('is neither true nor false')
    .default(false)
    .describe(
      'Whether what was written in messages goes along, and what the requester said in a survey. Internal notes never do.',
    )
    .meta({ examples: [true] }),
  internal: z
    .boolean('is neither true nor false')
    .default(false)
    .describe(
      'The receiver stands in a network of your own, which is not reached otherwise, and may be called with http.',
    )
    .meta({ examples: [true] }),
  notify: oneOrMore(z.union([Address, Name]))
    .default([])
    .describe(
      'Who is told when it is switched off: agents, and mail addresses. Left out, the lastResort of escalation.yaml.',
    )
    .meta({ examples: ['it@example.com'] }),
});

/** `events.yaml`: which systems follow what happens to tickets. */
export const Events = z.strictObject({
  subscriptions: z
    .record(SubscriptionName, Subscription)
    .default({})
    .describe('Who is told what, by name.')
    .meta({
      examples: [
        {
          crm: {
            why: 'Sales sees in the CRM what their accounts ask.',
            owner: 'sales lead',
            url: 'env:CRM_WEBHOOK_URL',
            secret: 'env:CRM_WEBHOOK_SECRET',
            events: ['ticket.created', 'ticket.resolved'],
          },
        },
      ],
    }),
});
export type Events = z.output<typeof Events>;
