import type { Router } from 'express';
import express from 'express';
import { personBehind } from '../db/requester-queries.ts';
import { identityOf } from '../domain/requester.ts';
import type { ConsoleParts } from './parts.ts';
import { NO_SUCH_PERSON, NO_SUCH_IDENTITY } from './refusal-pages.ts';
import { requesterMain } from './requester-page.ts';
import { identityWritten, movedPerson, readPerson } from './requester-rows.ts';
import { ticketNumber } from './ticket-number.ts';
import type { Door, FormVisit, Visit } from './visit.ts';

/** Looking at a person, and saying who is who. */
export function requesterRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.get(
    '/requesters/:id',
    door.page((visit) => showPerson(visit, parts)),
  );
  router.post(
    '/requesters/:id/same',
    door.form((visit) => makeOne(visit, parts), { act: 'persons_joined' }),
  );
  router.post(
    '/requesters/:id/other',
    door.form((visit) => part(visit, parts), { act: 'persons_parted' }),
  );
  return router;
}

async function showPerson(visit: Visit, { connection: { queries } }: ConsoleParts): Promise<void> {
  const id = visit.part('id');
  const file = await readPerson(queries, id);
  if (file !== null) {
    const main = requesterMain({
      file,
      config: visit.config,
      access: visit.access,
      csrfToken: visit.session.csrfToken,
    });
    return visit.show({ title: file.requester.name.slice(0, 100) || 'Requester', place: 'queue', main });
  }
  const moved = await movedPerson(queries, id);
  return moved === null || moved === id ? visit.refuse(NO_SUCH_PERSON) : visit.goTo(`/requesters/${moved}`);
}

async function makeOne(visit: FormVisit, { connection, pipeline }: ConsoleParts): Promise<void> {
  const requesterId = visit.part('id');
  const written = visit.form.get('same').trim();
  const number = ticketNumber(written, visit.config.policy.desk.prefix);
  const identity = await identityWritten(connection.queries, { written, number });
  if (identity === null) return visit.refuse({ ...NO_SUCH_IDENTITY, typed: written });
  await pipeline.samePerson({ requesterId, identity, by: visit.person });
  // Of the two, the one who was seen first gives the page its address.
  const id = (await personBehind(connection.queries, identity)) ?? requesterId;
  return visit.goTo(`/requesters/${id}`, 'one_person');
}

async function part(visit: FormVisit, { pipeline }: ConsoleParts): Promise<void> {
  const requesterId = visit.part('id');
  const identity = identityOf(visit.form.get('other'));
  if (identity === null) return visit.refuse(NO_SUCH_IDENTITY);
  await pipeline.otherPerson({ requesterId, identity, by: visit.person });
  return visit.goTo(`/requesters/${requesterId}`, 'other_person');
}
