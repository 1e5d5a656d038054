import type { Router } from 'express';
import express from 'express';
import { ulid } from 'ulid';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { isMailAddress } from './mail-address.ts';
import { newTicketMain, NOTHING_TYPED, type TypedRequest, WAYS } from './new-ticket-page.ts';
import { createOnce } from './once.ts';
import type { ConsoleParts } from './parts.ts';
import { noTicket } from './refusal-pages.ts';
import { ticketActs } from './ticket-acts.ts';
import { ticketNumber } from './ticket-number.ts';
import { ticketMain } from './ticket-page.ts';
import { readTicket, readTicketFile } from './ticket-rows.ts';
import type { Acts, Door, FormVisit, Visit } from './visit.ts';

/** Looking at a ticket, and everything that a person does with it. */
export function ticketRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  const once = createOnce<number>();
  const acts = ticketActs(parts);

  router.get(
    '/tickets/new',
    door.page(async (visit) => showNewTicket(visit, { typed: NOTHING_TYPED, trouble: null })),
  );
  router.post(
    '/tickets',
    door.form((visit) => openTicket(visit, (key, work) => once(key, work), parts)),
  );
  router.get(
    '/tickets/:number',
    door.page((visit) => showTicket(visit, parts)),
  );
  for (const [name, act] of Object.entries(acts)) {
    router.post(
      `/tickets/:number/${name}`,
      door.form((visit) => onTicket(visit, parts, act)),
    );
  }
  return router;
}

async function showTicket(visit: Visit, parts: ConsoleParts): Promise<void> {
  const { prefix } = visit.config.policy.desk;
  const number = ticketNumber(visit.part('number'), prefix);
  const file = number === null ? null : await readTicketFile(parts.connection.queries, number);
  if (file === null) return visit.refuse(noTicket(visit.part('number').slice(0, 40)));
  const { ticket, rowId } = file;
  // One address for one ticket, whichever way its number was written.
  if (visit.part('number') !== String(ticket.number)) return visit.goTo(`/tickets/${ticket.number}`);
  const main = ticketMain({
    file,
    config: visit.config,
    person: visit.person,
    access: visit.access,
    csrfToken: visit.session.csrfToken,
    now: visit.now,
    formKey: ulid(visit.now.epochMilliseconds),
    draft: visit.query('draft') || null,
    rowAddress: rowId === null ? null : parts.status.addressOfRow(rowId),
    storeTitle: parts.status.storeTitle,
  });
  const title = `${ticketName(prefix, ticket.number)} ${ticket.subject.slice(0, 100)}`;
  return visit.show({ title, place: 'queue', main });
}

/** Finds the ticket that a form is about, and does with it what the form asks. */
async function onTicket(visit: FormVisit, parts: ConsoleParts, act: Acts[string]): Promise<void> {
  const number = ticketNumber(visit.part('number'), visit.config.policy.desk.prefix);
  const ticket: Ticket | null = number === null ? null : await readTicket(parts.connection.queries, number);
  if (ticket === null)
    return visit.refuse({ ...noTicket(visit.part('number').slice(0, 40)), typed: visit.form.get('text') });
  return act(visit, ticket);
}

function showNewTicket(visit: Visit, given: { typed: TypedRequest; trouble: string | null }): void {
  const formKey = ulid(visit.now.epochMilliseconds);
  const main = newTicketMain({ ...given, csrfToken: visit.session.csrfToken, formKey });
  visit.show({ title: 'New ticket', place: 'new', main });
}

async function openTicket(
  visit: FormVisit,
  once: (form: string, work: () => Promise<number>) => Promise<number>,
  { pipeline }: ConsoleParts,
): Promise<void> {
  const { form, person } = visit;
  const typed = {
    channel: Object.hasOwn(WAYS, form.get('channel')) ? form.get('channel') : 'console',
    name: form.get('name'),
    email: form.get('email'),
    subject: form.get('subject'),
    text: form.get('text'),
  };
  const trouble = troubleWith(typed);
  if (trouble !== null) {
    visit.response.status(422);
    return showNewTicket(visit, { typed, trouble });
  }
  const requester = { name: typed.name.trim(), email: typed.email.trim().toLowerCase() || null };
  const number = await once(JSON.stringify([form.get('key'), typed]), async () => {
    const { channel, text } = typed;
    const opened = await pipeline.open({ by: person, channel, subject: typed.subject.trim(), text, requester });
    return opened.number;
  });
  return visit.goTo(`/tickets/${number}`, 'opened');
}

function troubleWith({ name, email, subject, text }: TypedRequest): string | null {
  if (name.trim() === '') return 'Say who asks, so that the answer finds them.';
  if (subject.trim() === '') return 'Give it a subject: a few words that tell it from others.';
  if (text.trim() === '') return 'Write down what they said; the rules read it.';
  const isAddress = email.trim() === '' || isMailAddress(email.trim());
  return isAddress ? null : `“${email.slice(0, 60)}” is no mail address. Correct it, or leave it empty.`;
}
