import type { Router } from 'express';
import express from 'express';
import { identitiesOfPerson } from '../db/requester-queries.ts';
import { identityName } from '../domain/requester.ts';
import { type ErasingParts, erasePerson, wouldErase } from '../privacy/erase.ts';
import { erasureLines } from '../privacy/erasure-words.ts';
import { showPerson } from '../privacy/show.ts';
import { erasureMain } from './erasure-page.ts';
import type { ConsoleParts } from './parts.ts';
import { NO_SUCH_PERSON } from './refusal-pages.ts';
import type { Door, FormVisit, Visit } from './visit.ts';

/** What a person may ask for: all that is held of them, and its end. */
export function erasureRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.post(
    '/requesters/:id/held',
    door.form((visit) => giveHeld(visit, parts), { act: 'person_shown' }),
  );
  router.get(
    '/requesters/:id/erasure',
    door.page((visit) => askBefore(visit, parts, { isMistyped: false })),
  );
  router.post(
    '/requesters/:id/erasure',
    door.form((visit) => erase(visit, parts), { act: 'person_erased' }),
  );
  return router;
}

async function giveHeld(visit: Visit, parts: ConsoleParts): Promise<void> {
  const who = await whoIs(visit, parts);
  if (who === null) return visit.refuse(NO_SUCH_PERSON);
  const held = await showPerson(parts.connection.queries, who);
  const headers = { 'Content-Type': 'application/json', 'Content-Disposition': 'attachment; filename="person.json"' };
  visit.response.set(headers).send(JSON.stringify(held, null, 2));
}

async function askBefore(visit: Visit, parts: ConsoleParts, { isMistyped }: { isMistyped: boolean }): Promise<void> {
  const who = await whoIs(visit, parts);
  if (who === null) return visit.refuse(NO_SUCH_PERSON);
  const would = await wouldErase(erasingParts(parts), { who, by: visit.person });
  const lines = erasureLines(would, { config: visit.config, isDone: false });
  const { csrfToken } = visit.session;
  const main = erasureMain({ id: visit.part('id'), lines, confirm: who, isMistyped, csrfToken });
  visit.show({ title: 'Erase a person', place: 'queue', main });
}

async function erase(visit: FormVisit, parts: ConsoleParts): Promise<void> {
  const who = await whoIs(visit, parts);
  if (who === null) return visit.refuse(NO_SUCH_PERSON);
  if (visit.form.get('confirm').trim().toLowerCase() !== who.toLowerCase()) {
    visit.response.status(422);
    return askBefore(visit, parts, { isMistyped: true });
  }
  await erasePerson(erasingParts(parts), { who, by: visit.person });
  await parts.learning.want();
  return visit.goTo('/', 'person_erased');
}

/** The first by which the person is known; null for nobody. */
async function whoIs(visit: Visit, { connection }: ConsoleParts): Promise<string | null> {
  const [first] = await identitiesOfPerson(connection.queries, visit.part('id'));
  return first === undefined ? null : identityName(first);
}

function erasingParts({ connection, config, now }: ConsoleParts): ErasingParts {
  return { connection, config, now };
}
