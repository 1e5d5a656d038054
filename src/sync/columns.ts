import type { Policy } from '../decide/policy.ts';
import { PROMISED, promisedAt } from '../decide/sla/due-fields.ts';
import type { Metric } from '../domain/clock.ts';
import { ERASED, isErased } from '../domain/erasure.ts';
import { ownerOf, type Ticket, ticketName } from '../domain/ticket.ts';
import { type Cell, type ColumnType, FILE_LINKS_COLUMN, FILES_COLUMN } from '../ports/ticket-store.ts';
import { activityOf } from './activity.ts';
import { instantCell } from './cells.ts';
import {
  addressOf,
  asked,
  checkbox,
  chosen,
  count,
  type DeskColumn,
  type Shown,
  line,
  listOf,
  moment,
  once,
  ours,
  text,
  typed,
  wordsOf,
  yours,
} from './desk-column.ts';
import { customerColumns } from './customer-columns.ts';
import { escalationColumns, stepColumns } from './escalation-columns.ts';
import { handoffColumns } from './handoff-columns.ts';
import { incidentColumns, relatedColumn } from './incident-columns.ts';
import { opinionColumns } from './opinion-columns.ts';
import { MEMORY, memoryOf } from './memory.ts';
import { asNamed, PRIORITY_WORDING, SEVERITY_WORDING, SLA_WORDING, statusWording } from './wording.ts';
import { suggestionColumns } from './suggestion-columns.ts';

/** Decimals of a confidence; more would say more than a model knows. */
const CONFIDENCE_DECIMALS = 2;

const HANDOFF = 'Choose a queue to hand the ticket off. It is cleared, with the reason, when the ticket has moved.';

/** Made once for each config in force, as every row asks for them. */
const MADE = new WeakMap<Policy, readonly DeskColumn[]>();

/** The columns that a desk has in its base, in the order in which they are made. */
export function deskColumns(policy: Policy): readonly DeskColumn[] {
  const made = MADE.get(policy);
  if (made !== undefined) return made;
  const columns = [
    ...identity(policy),
    ...request(),
    ...customerColumns(policy),
    ...files(),
    ...triage(policy),
    ...opinionColumns(policy),
    ...promises(policy),
    ...escalationColumns(policy),
    ...stepColumns(policy),
    ...life(),
    ...followUp(policy),
    ...account(policy),
    ...suggestionColumns(policy),
    ...incidentColumns(policy),
    ...relatedColumn(policy),
    ...work(policy),
    ...handoffColumns(policy),
    memory(),
  ];
  MADE.set(policy, columns);
  return columns;
}

/** Which ticket a row is. */
function identity({ desk }: Policy): DeskColumn[] {
  return [
    ours(line('ticket', 'Ticket'), ({ ticket }) =>
      `${ticketName(desk.prefix, ticket.number)} ${ticket.subject}`.trim(),
    ),
    ours(count('number', 'Number'), ({ ticket }) => ticket.number),
    {
      ...ours(line('key', 'Key'), ({ ticket }) => ticket.key),
      description: 'By this Tabledesk knows the row. Please never touch it.',
    },
  ];
}

/** What was asked, by whom. */
function request(): DeskColumn[] {
  return [
    yours(line('subject', 'Subject'), { target: 'subject', show: ({ ticket }) => ticket.subject, take: wordsOf }),
    once(text('description', 'Description'), ({ ticket }) => ticket.description),
    yours(line('requesterName', 'Requester'), {
      target: 'requesterName',
      show: ({ ticket }) => ticket.requester.name,
      take: wordsOf,
    }),
    yours(typed('requesterEmail', 'Requester email', { kind: 'email' }), {
      target: 'requesterEmail',
      show: ({ ticket }) => ticket.requester.email,
      take: addressOf,
    }),
    ours(line('channel', 'Channel'), ({ ticket }) => ticket.channel),
    ours(line('externalId', 'External ID'), ({ ticket }) => ticket.externalId),
  ];
}

/** Files come after the row and by a way of their own, so there is nothing to show when the row is written. */
function files(): DeskColumn[] {
  return [
    {
      ...once(typed(FILES_COLUMN, 'Attachments', { kind: 'files' }), () => null),
      description: 'Files that came with messages are added here. You may add and remove as you like.',
    },
    {
      ...once(text(FILE_LINKS_COLUMN, 'File links'), overErased),
      description: 'Files that the column for files cannot take, and where to find them.',
    },
  ];
}

/** What others fill in is ours only to write over, where all that was written is erased. */
function overErased({ ticket }: Shown): Cell {
  return isErased(ticket) ? ERASED : null;
}

/** What kind of request it is, and who has it. */
function triage(policy: Policy): DeskColumn[] {
  const agents = policy.agents.map(({ name, email }) => ({ name, email }));
  return [
    chosen('category', 'Category', asNamed(policy.categories)),
    chosen('severity', 'Severity', SEVERITY_WORDING),
    chosen('priority', 'Priority', PRIORITY_WORDING),
    status(policy),
    chosen('queue', 'Queue', asNamed(Object.keys(policy.queues))),
    { ...chosen('assignee', 'Assignee', asNamed(agents.map(({ name }) => name))), type: { kind: 'person', agents } },
    ours(line('owner', 'Owner'), ({ ticket }) => ownerOf(ticket)),
    yours(typed('tags', 'Tags', { kind: 'choices', options: tagsOf(policy) }), {
      target: 'tags',
      show: ({ ticket }) => ticket.tags,
      take: listOf,
    }),
  ];
}

/** Where the work stands too, for bases that count it. */
function status({ desk: { statuses } }: Policy): DeskColumn {
  const column = chosen('status', 'Status', statusWording(statuses));
  const stages = { todo: statuses.new, done: [...statuses.resolved, ...statuses.closed] };
  return { ...column, type: { kind: 'choice', options: Object.values(statuses).flat(), closed: true, stages } };
}

/** All tags where the list is closed, else those that the config gives; people may add others then. */
function tagsOf({ triage: { tags, tagsFrom, rules } }: Policy): readonly string[] {
  if (tags !== null) return tags;
  const byFields = tagsFrom.flatMap((source) => Object.values(source.tags).flat());
  return [...new Set([...rules.flatMap(({ then }) => then.tags ?? []), ...byFields])];
}

function promises({ sla: { policies } }: Policy): DeskColumn[] {
  const states: ColumnType = { kind: 'choice', options: SLA_WORDING.shown, closed: true };
  return [
    moment('firstResponseDueAt', 'First response due'),
    moment('resolutionDueAt', 'Resolution due'),
    ...PROMISES.flatMap(({ what, ...named }) => {
      const isMade = policies.some((policy) => policy.promises.some(({ metric }) => isOf(what, metric)));
      const show: DeskColumn['show'] = ({ ticket }) => instantCell(promisedAt(ticket, what));
      return isMade ? [ours({ ...named, type: { kind: 'instant' } }, show)] : [];
    }),
    ours(typed('slaState', 'SLA state', states), ({ ticket }) => SLA_WORDING.show(ticket.slaState)),
  ];
}

/** What requesters were told, for desks that promise other times outside than they aim at. */
const PROMISES = [
  { what: 'first_reply', name: 'promisedResponseAt', title: 'Promised response by' },
  { what: 'resolution', name: 'promisedResolutionAt', title: 'Promised resolution by' },
] as const;

function isOf(what: keyof typeof PROMISED, metric: Metric): boolean {
  const metrics: readonly Metric[] = PROMISED[what];
  return metrics.includes(metric);
}

function life(): DeskColumn[] {
  return [
    moment('openedAt', 'Opened at'),
    moment('firstRespondedAt', 'First responded at'),
    moment('resolvedAt', 'Resolved at'),
    moment('closedAt', 'Closed at'),
    moment('lastCustomerMessageAt', 'Last customer message at'),
    moment('lastAgentMessageAt', 'Last agent message at'),
    ours(count('reopenCount', 'Reopen count'), ({ ticket }) => ticket.reopenCount),
    ours(count('contactCount', 'Contact count'), ({ ticket }) => ticket.contactCount),
  ];
}

/** What became of it, and what the requester says to that; each where the desk has a use for it. */
function followUp({ desk, followUp: { closing, summary, survey } }: Policy): DeskColumn[] {
  const summed = yours(text('resolution', 'Resolution'), {
    target: 'resolution',
    show: ({ ticket }) => ticket.resolution,
    take: (cell) => wordsOf(cell) || null,
  });
  return [
    ...(summary === null ? [] : [{ ...summed, description: 'Write what was done; the requester reads it.' }]),
    ...(survey === null ? [] : [ours(count('satisfaction', 'Satisfaction'), ({ ticket }) => ticket.satisfaction)]),
    ...(survey === null ? [] : [ours(text('surveyComment', 'Survey comment'), ({ ticket }) => ticket.surveyComment)]),
    ...(closing === null ? [] : [ours(line('followUpOf', 'Follow-up of'), ({ ticket }) => predecessor(desk, ticket))]),
  ];
}

function predecessor({ prefix }: Policy['desk'], { followUpOf }: Ticket): Cell {
  return followUpOf === null ? null : ticketName(prefix, followUpOf.number);
}

/** Why it is as it is. */
function account({ desk }: Policy): DeskColumn[] {
  return [
    ours(typed('confidence', 'Confidence', { kind: 'number', decimals: CONFIDENCE_DECIMALS }), ({ ticket }) =>
      ticket.confidence === null ? null : Number(ticket.confidence.toFixed(CONFIDENCE_DECIMALS)),
    ),
    {
      ...yours(checkbox('needsReview', 'Needs review'), {
        target: 'needsReview',
        show: ({ ticket }) => ticket.needsReview,
        take: (cell) => cell === true,
      }),
      description: 'Untick it to accept the category that is shown.',
    },
    ours(line('why', 'Why'), ({ ticket }) => ticket.why),
    ours(text('activity', 'Activity'), ({ activity }) => activityOf(activity, desk.timeZone)),
  ];
}

/** What people do in the base besides changing fields. */
function work(policy: Policy): DeskColumn[] {
  const queues = asNamed(Object.keys(policy.queues));
  return [
    {
      ...once(text('internalNotes', 'Internal notes'), overErased),
      description: 'Yours alone: what you write here is sent nowhere.',
    },
    asked(text('reply', 'Reply'), 'Write your answer here, then tick Send.'),
    asked(checkbox('send', 'Send'), 'Tick it to send Reply to the customer. Both are cleared when it is on its way.'),
    {
      ...asked(typed('handoffTo', 'Hand off to', { kind: 'choice', options: queues.shown, closed: true }), HANDOFF),
      take: (cell) => queues.take(wordsOf(cell)),
    },
    asked(line('handoffReason', 'Hand-off reason'), 'Write why you hand it off, then choose the queue.'),
  ];
}

/** Everything else that there is to know of the ticket, so that the base alone is enough to go on from. */
function memory(): DeskColumn {
  const show: DeskColumn['show'] = ({ ticket, replyKey = null }, longest = Infinity) =>
    memoryOf({ ticket, replyKey }, longest);
  return {
    ...ours(text(MEMORY, 'Tabledesk data'), show),
    description: 'What Tabledesk must not forget of the ticket. Please leave it as it is; you may hide the column.',
  };
}
