import { type ExportTable, columnsOf } from './table.ts';

const TICKET = {
  ticket_key: 'The key of the ticket, which never changes.',
};
const NUMBER = { number: 'The number of the ticket.' };

const TICKETS: ExportTable = {
  says: 'One row for each ticket, with what became of it.',
  moment: 'opened_at',
  keys: ['number'],
  columns: [
    ...columnsOf('text', TICKET),
    ...columnsOf('number', NUMBER),
    ...columnsOf('text', { subject: 'The subject.' }),
    ...columnsOf('instant', { opened_at: 'When the requester asked.' }),
    ...columnsOf('text', {
      channel: 'The channel by which the request came.',
      requester_name: 'The name of the requester.',
      requester_email: 'The address of the requester.',
      customer: 'Who counts as one customer: the account by name, else the address or name of the requester.',
      segment: 'The tier of the account, else its segment or plan.',
      language: 'The language of the requester, as `de`.',
      category: 'The category that it has now.',
      given_by: 'What gave it that category: rule, classifier, model or person.',
      priority: 'The priority that it has now.',
      severity: 'The severity that it has now.',
      queue: 'The queue in which it is now.',
      assignee: 'The person who has it now.',
      status: 'The status that it has now.',
      tags: 'Its tags, with commas between them.',
    }),
    ...columnsOf('boolean', {
      is_open: 'Whether it is neither resolved nor closed.',
      needs_review: 'Whether it waits for a person to say what it is.',
      is_light: 'Whether it came with so little that it is kept apart.',
    }),
    ...columnsOf('instant', { first_responded_at: 'When a person first answered.' }),
    ...columnsOf('number', {
      first_reply_minutes: 'From the request to the first answer, every minute counted.',
      first_reply_open_minutes: "The same in open minutes of the team's calendar.",
    }),
    ...columnsOf('instant', { first_reply_settled_at: 'When the target of the first answer was kept or broken.' }),
    ...columnsOf('boolean', { first_reply_kept: 'Whether it was kept.' }),
    ...columnsOf('instant', { resolved_at: 'When it was resolved.' }),
    ...columnsOf('number', {
      resolution_minutes: 'From the request to the solution, every minute counted.',
      resolution_open_minutes: "The same in open minutes of the team's calendar.",
    }),
    ...columnsOf('instant', { resolution_settled_at: 'When the target of the solution was kept or broken.' }),
    ...columnsOf('boolean', { resolution_kept: 'Whether it was kept.' }),
    ...columnsOf('instant', {
      closed_at: 'When it was closed.',
      breached_at: 'When the first of its targets was used up.',
      escalated_at: 'When it was first escalated.',
    }),
    ...columnsOf('number', {
      reopen_count: 'How often it was opened again.',
      contact_count: 'How often its requester wrote.',
      assignment_count: 'How often it was given to somebody.',
    }),
    ...columnsOf('boolean', {
      is_repeat: 'Whether its customer had one of the same category resolved in the seven days before.',
    }),
    ...columnsOf('instant', { surveyed_at: 'When its survey went out.' }),
    ...columnsOf('number', { score: 'The answer to the survey, 1 to 5.' }),
    ...columnsOf('text', { follow_up_of: 'The key of the closed ticket to which its requester answered.' }),
    ...columnsOf('number', { incident: 'The number of the incident of which it is.' }),
    ...columnsOf('text', {
      why: 'Why it stands as it does, in one sentence.',
      machine_category: 'The latest category that a rule or a model gave it.',
      first_category: 'The first category that a rule or a model gave it.',
      first_category_by: 'What gave it that first one: rule, classifier or model.',
      first_category_from: 'The name of that rule or model.',
      first_queue: 'The queue to which it was routed first.',
      first_queue_by: 'What routed it there: rule, or default where no rule fits.',
      first_queue_from: 'The name of that rule.',
    }),
  ],
};

const STAYS: ExportTable = {
  says: 'One row for each time that a ticket spent in one status, queue and pair of hands.',
  moment: 'started_at',
  keys: ['ticket_key', 'started_at'],
  columns: [
    ...columnsOf('text', TICKET),
    ...columnsOf('number', NUMBER),
    ...columnsOf('instant', { started_at: 'When it began.', ended_at: 'When it ended; empty while it lasts.' }),
    ...columnsOf('text', {
      status: 'The status in that time.',
      queue: 'The queue in that time.',
      assignee: 'The person who had it in that time.',
    }),
    ...columnsOf('boolean', { is_open: 'Whether it was neither resolved nor closed in that time.' }),
  ],
};

const DECISIONS: ExportTable = {
  says: 'One row for each decision on a ticket, by a rule, a model, a person or the desk, with its reason.',
  moment: 'at',
  keys: ['ticket_key', 'seq'],
  columns: [
    ...columnsOf('number', { seq: 'The order in which decisions were written.' }),
    ...columnsOf('text', TICKET),
    ...columnsOf('number', NUMBER),
    ...columnsOf('instant', { at: 'When it was made.' }),
    ...columnsOf('text', {
      stage: 'At which stage: triage, route, sla and so on.',
      code: 'What it is called, as `route.rule`.',
      field: 'The field of the ticket that it changed, if any.',
      from_value: 'What stood there before; a list as JSON.',
      to_value: 'What stands there since; a list as JSON.',
      sentence: 'The reason in one sentence.',
      by_kind: 'What decided: rule, model, person or system.',
      by_name: 'Its name.',
      config_version: 'The version of the config that was in force.',
    }),
  ],
};

const MESSAGES: ExportTable = {
  says: 'One row for each message of a conversation, without its text.',
  moment: 'at',
  keys: ['ticket_key', 'at', 'id'],
  columns: [
    ...columnsOf('text', { id: 'The id of the message.', ...TICKET }),
    ...columnsOf('number', NUMBER),
    ...columnsOf('instant', { at: 'When it was written.' }),
    ...columnsOf('text', {
      author: 'Who wrote: customer, agent or system.',
      author_name: 'The name of who wrote.',
      visibility: 'public for what the requester sees, internal for notes.',
    }),
    ...columnsOf('number', { letters: 'How long its text is.' }),
  ],
};

/** What can be taken out, row by row; each is a view in the schema `bi` too. */
export const EXPORT_TABLES = { tickets: TICKETS, stays: STAYS, decisions: DECISIONS, messages: MESSAGES } as const;
export type ExportTableId = keyof typeof EXPORT_TABLES;
