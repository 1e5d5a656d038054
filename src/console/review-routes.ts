import type { Router } from 'express';
import express from 'express';
import { isOpen, type Ticket } from '../domain/ticket.ts';
import type { ConsoleParts } from './parts.ts';
import { noTicket } from './refusal-pages.ts';
import { reviewMain } from './review-page.ts';
import { readReviewed, readReviewList, readReviewRecord, type ReviewList } from './review-rows.ts';
import { ticketNumber } from './ticket-number.ts';
import { readTicket } from './ticket-rows.ts';
import type { Door, FormVisit, Visit } from './visit.ts';

/** The review queue: what nobody was sure about, one ticket after the other. */
export function reviewRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.get(
    '/review',
    door.page((visit) => showReview(visit, parts)),
  );
  router.post(
    '/review/:number',
    door.form((visit) => onTicket(visit, parts, answer)),
  );
  router.post(
    '/review/:number/undo',
    door.form((visit) => onTicket(visit, parts, undo)),
  );
  return router;
}

async function showReview(visit: Visit, parts: ConsoleParts): Promise<void> {
  const { queries } = parts.connection;
  const { policy } = visit.config;
  const { prefix, timeZone } = policy.desk;
  const { person, now } = visit;
  const list = await readReviewList(queries);
  const asked = ticketNumber(visit.query('at'), prefix);
  const found = asked === null ? null : await readReviewed(queries, asked);
  // Somebody else may have looked at it meanwhile; then the first that waits is shown.
  const [first] = list.rows;
  const isWaiting = found !== null && waits(found.ticket);
  const reviewed = isWaiting ? found : first === undefined ? null : await readReviewed(queries, first.number);
  const last = ticketNumber(visit.query('last'), prefix);
  const main = reviewMain({
    list,
    reviewed,
    next: reviewed === null ? null : after(list, reviewed.ticket.number),
    last: last === null ? null : decidedBy(person, await readTicket(queries, last)),
    record: await readReviewRecord(queries, { person, now, timeZone }),
    policy,
    csrfToken: visit.session.csrfToken,
    now,
  });
  return visit.show({ title: 'Review', place: 'review', main });
}

/** The ticket, where it bears the person's own choice of a category, which can be taken back. */
function decidedBy(person: string, ticket: Ticket | null): Ticket | null {
  return ticket?.overrides.category?.by === person && !ticket.needsReview ? ticket : null;
}

function waits({ needsReview, status }: Ticket): boolean {
  return needsReview && isOpen(status);
}

/** The next of the list, and after its last the first; null when no other waits. */
function after({ rows }: ReviewList, number: number): number | null {
  const others = rows.filter((row) => row.number !== number);
  const here = rows.findIndex((row) => row.number === number);
  return (here < 0 ? null : rows[here + 1]?.number) ?? others[0]?.number ?? null;
}

async function onTicket(
  visit: FormVisit,
  parts: ConsoleParts,
  act: (visit: FormVisit, parts: ConsoleParts, ticket: Ticket) => Promise<void>,
): Promise<void> {
  const number = ticketNumber(visit.part('number'), visit.config.policy.desk.prefix);
  const ticket = number === null ? null : await readTicket(parts.connection.queries, number);
  if (ticket === null) return visit.refuse(noTicket(visit.part('number').slice(0, 40)));
  return act(visit, parts, ticket);
}

/** A choice is held against what the page showed, so that nobody decides over somebody else's decision unseen. */
async function answer(visit: FormVisit, { pipeline }: ConsoleParts, ticket: Ticket): Promise<void> {
  const { form, person, now } = visit;
  const next = ticketNumber(form.get('next'), visit.config.policy.desk.prefix);
  const goOn = next === null ? '/review' : `/review?at=${next}`;
  const category = form.get('category');
  if (!waits(ticket)) return visit.goTo(goOn, 'review_done_meanwhile');
  if (form.get('was') !== (ticket.category ?? '')) return visit.goTo(`/review?at=${ticket.number}`, 'review_moved');
  if (!visit.config.policy.categories.includes(category)) return visit.goTo(`/review?at=${ticket.number}`);
  const change =
    category === ticket.category
      ? ({ field: 'needsReview', from: true, to: false } as const)
      : ({ field: 'category', from: ticket.category, to: category } as const);
  await pipeline.edit(ticket.key, { by: person, at: now, changes: [change] });
  return visit.goTo(`${goOn}${goOn.includes('?') ? '&' : '?'}last=${ticket.number}`);
}

/**
 * The person's own choice is taken back: the category is found anew, and the ticket waits for a review as before. In
 * two steps, as a category that is found ends a review that stands beside it.
 */
async function undo(visit: FormVisit, { pipeline }: ConsoleParts, ticket: Ticket): Promise<void> {
  const { person, now } = visit;
  if (decidedBy(person, ticket) === null) return visit.goTo(`/review?at=${ticket.number}`, 'review_not_undone');
  const edit = { by: person, at: now };
  await pipeline.edit(ticket.key, { ...edit, changes: [{ field: 'category', from: ticket.category, to: null }] });
  await pipeline.edit(ticket.key, { ...edit, changes: [{ field: 'needsReview', from: false, to: true }] });
  return visit.goTo(`/review?at=${ticket.number}`, 'review_undone');
}
