import type { Router } from 'express';
import express from 'express';
import { type AuditAsked, readAudit } from '../db/audit.ts';
import { AUDIT_KINDS } from '../domain/audit.ts';
import { auditMain } from './audit-page.ts';
import type { ConsoleParts } from './parts.ts';
import type { Door, Visit } from './visit.ts';

/** Entries to a page. */
const PAGE = 100;

/** Who came in and who changed what. */
export function auditRoutes({ connection }: ConsoleParts, door: Door): Router {
  const router = express.Router();
  router.get(
    '/audit',
    door.page(async (visit) => {
      const asked = askedOf(visit);
      const found = await readAudit(connection.queries, asked, PAGE + 1);
      const { timeZone } = visit.config.policy.desk;
      const main = auditMain({ asked, entries: found.slice(0, PAGE), hasMore: found.length > PAGE, timeZone });
      visit.show({ title: 'Audit log', place: 'health', main });
    }),
  );
  return router;
}

function askedOf({ query }: Visit): AuditAsked {
  const before = query('before');
  return {
    person: query('person').trim() || null,
    kind: AUDIT_KINDS.find((kind) => kind === query('kind')) ?? null,
    before: /^\d{1,15}$/.test(before) ? Number(before) : null,
  };
}
