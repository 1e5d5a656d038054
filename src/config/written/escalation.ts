import { z } from 'zod';
import { ENDINGS } from '../../decide/policy.ts';
import type { PolicyMetric } from '../../domain/clock.ts';
import { HIGHEST_LEVEL } from '../../domain/escalation.ts';
import { PRIORITIES } from '../../domain/ticket.ts';
import { Condition } from './condition.ts';
import { ruleHead } from './rule.ts';
import { Address, Duration, Name, oneOrMore, Percent } from './words.ts';

const Times = z
  .int('is not a whole number')
  .min(1)
  .max(100)
  .meta({ examples: [3] });

const SlaUsed = z
  .strictObject({
    first_reply: shareUsed('first_reply'),
    next_reply: shareUsed('next_reply'),
    periodic_update: shareUsed('periodic_update'),
    pausable_update: shareUsed('pausable_update'),
    requester_wait: shareUsed('requester_wait'),
    agent_work: shareUsed('agent_work'),
    total_resolution: shareUsed('total_resolution'),
  })
  .refine((set) => Object.keys(set).length > 0, 'is empty, so that it asks for nothing');

function shareUsed(metric: PolicyMetric) {
  return Percent.optional().describe(`Share of the target of ${metric} that is used. 100% is its breach.`);
}

const Trigger = z
  .strictObject({
    slaUsed: SlaUsed.optional()
      .describe('So much of a target is used, and what it promises is still owed.')
      .meta({ examples: [{ first_reply: '80%' }] }),
    ownerChanges: Times.optional().describe(
      'So many times it left the hands of a person or a queue since somebody last answered.',
    ),
    contacts: Times.optional().describe(
      'So many messages of the requester, the first one included, since it was last solved.',
    ),
    noProgress: Duration.optional()
      .describe(
        "So long nobody edited, answered, wrote a note or ticked a step while it was our turn. Only open hours of the queue's calendar count.",
      )
      .meta({ examples: ['2h'] }),
    waiting: Duration.optional()
      .describe("So long nobody has had it. Only open hours of the queue's calendar count.")
      .meta({ examples: ['1h'] }),
  })
  .refine((set) => Object.keys(set).length > 0, 'is empty, so that it asks for nothing')
  .meta({ id: 'Trigger', description: 'What must have happened. All that is said must hold.' });

const Notify = z.union([
  z.literal('nobody', 'is not whom to notify'),
  z.strictObject({
    who: z
      .array(Name)
      .min(1, 'is empty')
      .describe(
        'Part 1 of 6, who is told: names of agents, mail addresses, owner (whoever has the ticket) and queue (those whom its queue notifies, or else its members). To tell nobody, write notify: nobody.',
      )
      .meta({ examples: [['queue', 'lead@example.com']] }),
    by: oneOrMore(Name)
      .describe('Part 2 of 6, by which channel they are told: email, and the names of ways in notices.yaml.')
      .meta({ examples: ['email', ['team', 'email']] }),
  }),
]);

/** What an admin may ask of the priority. */
const PriorityWish = z.enum(['unchanged', 'raise_by_one', ...PRIORITIES], 'is not what can become of the priority');

const Until = z.enum(ENDINGS, 'is not how an escalation ends');

const Definition = z.strictObject({
  ...ruleHead,
  level: z
    .int('is not a level')
    .min(1)
    .max(HIGHEST_LEVEL)
    .default(1)
    .describe(`How far up: 1 to ${HIGHEST_LEVEL}. Within one escalation nobody is told twice of the same level.`)
    .meta({ examples: [1] }),
  when: Condition.optional().describe('Tickets that it is for. Left out, all for which what stands under after holds.'),
  after: oneOrMore(Trigger)
    .optional()
    .describe('What must have happened besides. Of several, any. Left out, the condition alone decides.')
    .meta({ examples: [{ noProgress: '2h' }, [{ contacts: 3 }, { ownerChanges: 3 }]] }),
  notify: Notify.describe('Parts 1 and 2 of 6, who is told and by which channel. To tell nobody, write nobody.').meta({
    examples: [{ who: ['queue', 'lead@example.com'], by: 'email' }],
  }),
  priority: PriorityWish.describe(
    'Part 3 of 6, whether the priority changes while it lasts: at least so high, or raise_by_one. To leave it, write unchanged.',
  ).meta({ examples: ['unchanged'] }),
  accountable: Name.describe(
    'Part 4 of 6, who answers for it: an agent or a mail address. To leave that to whoever has the ticket, write owner.',
  ).meta({ examples: ['owner'] }),
  customer: Name.describe(
    'Part 5 of 6, what the requester is told: the name of a template in replies/. To tell them nothing, write none.',
  ).meta({ examples: ['none'] }),
  until: oneOrMore(Until)
    .describe(
      'Part 6 of 6, how it ends: any of condition_clears, answered and resolved, whichever comes first, or by_hand for a person alone.',
    )
    .meta({ examples: [['answered', 'resolved']] }),
});

/** `escalation.yaml`: when somebody must see to a ticket, and what that means. */
export const Escalation = z.strictObject({
  escalations: z
    .array(Definition)
    .default([])
    .describe('Each fires once for a ticket while what it asks for holds. All six parts must be said, none included.')
    .meta({
      examples: [
        [
          {
            name: 'Critical and nobody answers',
            why: 'An outage that nobody answers becomes two outages.',
            owner: 'head of support',
            when: { priority: 'critical' },
            after: { slaUsed: { first_reply: '80%' } },
            notify: { who: ['queue'], by: 'email' },
            priority: 'unchanged',
            accountable: 'owner',
            customer: 'none',
            until: ['answered', 'resolved'],
          },
        ],
      ],
    }),
  lastResort: z
    .array(z.union([Address, Name]))
    .default([])
    .describe(
      'Agents and mail addresses that are told when nobody of those named has an address, nor anybody whom the queue notifies.',
    )
    .meta({ examples: [['head@example.com']] }),
});
export type Escalation = z.output<typeof Escalation>;
