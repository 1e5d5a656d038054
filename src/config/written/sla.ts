import { z } from 'zod';
import type { PolicyMetric } from '../../domain/clock.ts';
import type { Status } from '../../domain/ticket.ts';
import { Condition } from './condition.ts';
import { ruleHead } from './rule.ts';
import { CalendarChoice, Duration, Percent, Status as StatusWord } from './words.ts';

/** What each metric times, from the event map in docs/sla.md. */
const METRIC_WORDS: Readonly<Record<PolicyMetric, string>> = {
  first_reply: 'From the request to the first answer of a person.',
  next_reply: 'From a later message of the requester to its answer.',
  periodic_update: 'From one answer to the next.',
  pausable_update: 'From one answer to the next, while it is our turn.',
  requester_wait: 'From the request to its solution, while it is our turn.',
  agent_work: 'From the request to its solution, while somebody can work on it.',
  total_resolution: 'From the request to its solution, every minute.',
};

/** Where each clock stands still. A ticket that lacks information waits for the requester just as a pending one. */
const USUAL_PAUSES: Readonly<Record<PolicyMetric, readonly Status[]>> = {
  first_reply: [],
  next_reply: [],
  periodic_update: [],
  pausable_update: ['pending', 'needs_info'],
  requester_wait: ['pending', 'needs_info'],
  agent_work: ['pending', 'needs_info', 'on_hold'],
  total_resolution: [],
};

const Target = z
  .strictObject({
    critical: Duration.optional()
      .describe('Target for critical tickets. Left out, they have no such clock.')
      .meta({ examples: ['15m'] }),
    high: Duration.optional()
      .describe('Target for tickets of high priority.')
      .meta({ examples: ['1h'] }),
    medium: Duration.optional()
      .describe('Target for tickets of medium priority.')
      .meta({ examples: ['4h'] }),
    low: Duration.optional()
      .describe('Target for tickets of low priority.')
      .meta({ examples: ['8h'] }),
    calendar: CalendarChoice.optional().describe("A calendar for this clock alone. Left out, the policy's."),
    warnAt: Percent.optional().describe("A share at which to warn for this clock alone. Left out, the policy's."),
  })
  .meta({ id: 'Target', description: 'A length of time for each priority.' });

function targetOf(metric: PolicyMetric) {
  return z
    .union([Duration, Target])
    .optional()
    .describe(`${METRIC_WORDS[metric]} One length of time for every priority, or one for each.`)
    .meta({ examples: [{ critical: '15m', high: '1h', medium: '4h', low: '8h' }, '4h'] });
}

const SlaPolicy = z.strictObject({
  ...ruleHead,
  when: Condition.optional().describe('Tickets that the policy is for. Left out, all.'),
  calendar: CalendarChoice.default('always').describe(
    'Name of the calendar whose open hours count; always counts every minute.',
  ),
  warnAt: Percent.default('80%').describe('Share of a target at which to warn.'),
  targets: targetsOf()
    .refine((set) => Object.keys(set).length > 0, 'is empty, so that the policy promises nothing')
    .describe('What the team aims at: 15m, 4h, 1h 30m. 2d is 48 hours, and only where every minute counts.')
    .meta({ examples: [{ first_reply: { critical: '15m', high: '1h' }, requester_wait: '3d' }] }),
  promise: targetsOf()
    .default({})
    .describe(
      'What the requester was promised, where that is other than what the team aims at: a clock of its own, and the only one that a letter can name. Left out, nothing is promised outside.',
    )
    .meta({ examples: [{ first_reply: '8h', requester_wait: '5d' }] }),
});
export type SlaPolicy = z.output<typeof SlaPolicy>;

function targetsOf() {
  return z.strictObject({
    first_reply: targetOf('first_reply'),
    next_reply: targetOf('next_reply'),
    periodic_update: targetOf('periodic_update'),
    pausable_update: targetOf('pausable_update'),
    requester_wait: targetOf('requester_wait'),
    agent_work: targetOf('agent_work'),
    total_resolution: targetOf('total_resolution'),
  });
}

function pausesOf(metric: PolicyMetric) {
  return z
    .array(StatusWord)
    .default([...USUAL_PAUSES[metric]])
    .describe(`Statuses in which ${metric} stands still.`)
    .meta({ examples: [['pending', 'needs_info']] });
}

/** `sla.yaml`: what is promised, and by when. */
export const Sla = z.strictObject({
  policies: z
    .array(SlaPolicy)
    .default([])
    .describe('The first policy whose condition holds is in force.')
    .meta({
      examples: [
        [
          {
            name: 'Standard',
            why: 'What our terms promise everybody.',
            owner: 'head of support',
            calendar: 'office',
            targets: { first_reply: { critical: '30m', high: '2h', medium: '4h', low: '8h' } },
          },
        ],
      ],
    }),
  pausedIn: z
    .strictObject({
      first_reply: pausesOf('first_reply'),
      next_reply: pausesOf('next_reply'),
      periodic_update: pausesOf('periodic_update'),
      pausable_update: pausesOf('pausable_update'),
      requester_wait: pausesOf('requester_wait'),
      agent_work: pausesOf('agent_work'),
      total_resolution: pausesOf('total_resolution'),
    })
    .prefault({})
    .describe('In which statuses each clock stands still.')
    .meta({ examples: [{ first_reply: ['needs_info'] }] }),
});
export type Sla = z.output<typeof Sla>;
