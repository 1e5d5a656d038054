import express, { type Router } from 'express';
import type { ConsoleParts } from './parts.ts';
import type { Refusal } from './refusal-pages.ts';
import { NOT_FOUND } from './refusal-pages.ts';
import { sendFile } from './send-file.ts';
import type { Door, Visit } from './visit.ts';

const GONE: Refusal = {
  status: 410,
  title: 'This file is not here',
  sentence:
    'It could not be fetched, or was cleared away after its ticket had been closed. Look at the row in the base, or ask the sender.',
};

/** Files of conversations, for whoever is signed in. */
export function fileRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.get(
    '/files/:id',
    door.page((visit) => giveFile(visit, parts)),
  );
  return router;
}

async function giveFile(visit: Visit, { attachments }: ConsoleParts): Promise<void> {
  const opened = await attachments.open(visit.part('id'));
  if (opened.kind === 'found') return sendFile(visit.response, opened.file);
  return visit.refuse(opened.kind === 'gone' ? GONE : NOT_FOUND);
}
