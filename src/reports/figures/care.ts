import { sql } from 'drizzle-orm';
import { REPEAT_DAYS } from '../../domain/outcome.ts';
import type { Figure } from './figure.ts';
import { countOf, meanOf, shareOf } from './kinds.ts';

/** How well it went. */
export const CARE: readonly Figure[] = [
  shareOf(sql`o.escalated_at is not null`, {
    id: 'escalated',
    title: 'Escalated',
    definition: 'Of the new tickets, the share that was ever escalated, by a definition or by a person.',
    moment: 'opened_at',
    better: 'less',
  }),
  shareOf(sql`o.assignment_count > 1`, {
    id: 'reassigned',
    title: 'Given to more than one person',
    definition: 'Of the new tickets that were given to somebody, the share that was given to somebody again later.',
    moment: 'opened_at',
    of: sql`o.assignment_count > 0`,
    better: 'less',
  }),
  {
    ...meanOf(sql`o.assignment_count - 1`, {
      id: 'reassignments',
      title: 'Given to somebody else, times a ticket',
      definition:
        'Of the new tickets that were given to somebody: how often one was given to somebody again later, in the mean.',
      moment: 'opened_at',
      of: sql`o.assignment_count > 0`,
      better: 'less',
    }),
    unit: 'per_ticket',
  },
  shareOf(sql`o.reopen_count > 0`, {
    id: 'reopened',
    title: 'Opened again',
    definition: 'Of the resolved tickets, the share that had been resolved before and was opened again.',
    moment: 'resolved_at',
    better: 'less',
  }),
  shareOf(sql`o.is_repeat`, {
    id: 'repeat_contacts',
    title: 'Asked again',
    definition:
      `Of the new tickets, the share whose customer had a ticket of the same category resolved in the ${REPEAT_DAYS} ` +
      'days before: what was said did not help for long.',
    moment: 'opened_at',
    better: 'less',
  }),
  countOf({
    id: 'replies_after_closing',
    title: 'Answers after closing',
    definition: 'New tickets that began as an answer to one that was closed already.',
    moment: 'opened_at',
    of: sql`o.follow_up_of is not null`,
    better: 'less',
  }),
  shareOf(sql`o.given_by <> 'person'`, {
    id: 'placed_by_machine',
    title: 'Category from a rule or a model',
    definition: 'Of the new tickets that have a category, the share that still has the one which no person gave.',
    moment: 'opened_at',
    of: sql`o.given_by is not null`,
    better: 'more',
  }),
  shareOf(sql`(o.given_by = 'person' and o.category <> o.machine_category)`, {
    id: 'put_right',
    title: 'Category put right by a person',
    definition:
      'Of the new tickets that have a category, the share to which a rule or a model gave one that a person changed.',
    moment: 'opened_at',
    of: sql`o.given_by is not null`,
    better: 'less',
  }),
];
