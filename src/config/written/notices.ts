import { z } from 'zod';
import { MAIL_WAY, NOTICE_KINDS, type NoticeKind } from '../../domain/effect.ts';
import { Condition } from './condition.ts';
import { Duration, Name, oneOrMore, SecretReference } from './words.ts';

/** Stands for the calendar of the queue in which a ticket is. */
export const CALENDAR_OF_QUEUE = 'queue';

/** What nobody can hear of too soon. */
const URGENT_NOTICES: NoticeKind[] = ['escalated', 'sla_breach', 'promise_breach', 'incident'];

const WayName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'is not a name for a way: small letters, digits and hyphens')
  .refine((name) => name !== MAIL_WAY, 'is the way that is always there: call this one by another name');

const Way = z.strictObject({
  kind: z
    .string('is not a kind of way')
    .describe('Which connector tells people.')
    .meta({ examples: ['slack', 'discord'] }),
  access: SecretReference.describe(
    'What its system is shown, by the name of the environment variable: the token of an app or bot, or the address of a webhook, which is a secret as well.',
  ).meta({ examples: ['env:SLACK_BOT_TOKEN', 'env:DISCORD_WEBHOOK'] }),
  secret: oneOrMore(SecretReference)
    .optional()
    .describe(
      'What notices are signed with, where the kind signs, by the name of the environment variable. A list of two lets you change it in peace.',
    )
    .meta({ examples: ['env:NOTICES_SECRET'] }),
  room: z
    .string('is not a room')
    .trim()
    .min(1, 'is empty')
    .max(200)
    .optional()
    .describe(
      'The room into which notices go, once each, as its system calls it. Left out, each person is told alone, or the room is that of the webhook.',
    )
    .meta({ examples: ['C0123456789', '-1001234567890'] }),
  internal: z
    .boolean('is neither true nor false')
    .default(false)
    .describe('The system stands in a network of your own, which is not reached otherwise.')
    .meta({ examples: [true] }),
  settings: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('What this kind of way asks for.')
    .meta({ examples: [{}] }),
});
export type Way = z.output<typeof Way>;

const Ways = oneOrMore(Name).meta({ examples: ['email', ['team', 'email']] });

/** What each notice tells of. */
const TELLS: Readonly<Record<NoticeKind, string>> = {
  assigned: 'a ticket that is theirs now',
  sla_warning: 'a target that is nearly used up',
  sla_breach: 'a target that was missed',
  promise_warning: 'a promise that is nearly used up',
  promise_breach: 'a promise that was broken',
  unowned: 'a ticket that nobody can take',
  breaker: 'a sender who writes too much and is held back',
  given_back: 'a ticket that went back into its queue',
  handoff_asked: 'a hand-off that they are asked to accept',
  handoff_answered: 'the answer to their hand-off',
  handoff_reminder: 'a hand-off that still waits for an answer',
  handoff_returned: 'a hand-off that came back',
  handoff_update: 'how a ticket goes on that they handed off',
  escalated: 'an escalation that a person began; those of escalation.yaml say by themselves how they are told',
  deescalated: 'an escalation that is over',
  incident: 'several reports of one incident',
  events_off: 'a system that follows tickets and was switched off, as it took nothing for days',
  undelivered: 'a letter or an answer that did not arrive',
};

/** A key for each kind of notice. */
function waysByKind() {
  const keys = NOTICE_KINDS.map(
    (kind) => [kind, Ways.optional().describe(`Ways for news of ${TELLS[kind]}.`)] as const,
  );
  return Object.fromEntries(keys) as Record<NoticeKind, z.ZodOptional<typeof Ways>>;
}

const By = z.strictObject({
  default: Ways.default(MAIL_WAY).describe('Ways for all notices that are not named here.'),
  ...waysByKind(),
});

const Urgent = z.strictObject({
  notices: z
    .array(z.enum(NOTICE_KINDS, 'is not a notice'))
    .default(URGENT_NOTICES)
    .describe('Notices that always go at once.')
    .meta({ examples: [['escalated', 'sla_breach']] }),
  when: Condition.prefault({ priority: 'critical' })
    .describe('Tickets of which every notice goes at once.')
    .meta({ examples: [{ priority: ['high', 'critical'] }] }),
});

const Gather = z.strictObject({
  after: z
    .int('is not a whole number')
    .min(1)
    .max(100)
    .default(3)
    .describe('So many notices go to somebody one by one.')
    .meta({ examples: [3] }),
  within: Duration.default('10m')
    .describe('Those that follow within so long of the first go together when it is over.')
    .meta({ examples: ['10m'] }),
});

const Quiet = z.strictObject({
  calendar: z
    .union([z.literal(CALENDAR_OF_QUEUE), Name])
    .describe(
      'Notices come while this calendar of people.yaml is open; queue stands for the calendar of the queue in which the ticket is. Of queues whose own calendar is always open they come day and night.',
    )
    .meta({ examples: ['office', 'queue'] }),
});

/** `notices.yaml`: how the team hears what it is told. */
export const Notices = z.strictObject({
  ways: z
    .record(WayName, Way)
    .default({})
    .describe('Ways by which the team is told, by name, beside email, which is always there.')
    .meta({ examples: [{ team: { kind: 'slack', access: 'env:SLACK_BOT_TOKEN', room: 'C0123456789' } }] }),
  by: By.prefault({})
    .describe('Which notices go which ways.')
    .meta({ examples: [{ default: 'email', assigned: 'team', sla_breach: ['team', 'email'] }] }),
  urgent: Urgent.prefault({})
    .describe('What is neither gathered nor kept for the morning.')
    .meta({ examples: [{ when: { priority: ['high', 'critical'] } }] }),
  gather: Gather.optional()
    .describe('Puts notices together where many come to one person or room. Left out, each goes by itself.')
    .meta({ examples: [{ after: 3, within: '10m' }] }),
  quiet: Quiet.optional()
    .describe('Hours outside of which notices wait for the morning. Left out, they come day and night.')
    .meta({ examples: [{ calendar: 'office' }] }),
});
export type Notices = z.output<typeof Notices>;
