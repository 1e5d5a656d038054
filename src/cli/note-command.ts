import { noteAct } from '../db/audit.ts';
import type { Queries } from '../db/connection.ts';
import type { AuditAct } from '../domain/audit.ts';
import type { Environment } from '../config/environment.ts';
import { type CheckUp, warning } from './doctor/check-up.ts';
import type { Found } from './doctor/database.ts';
import { askService } from './running-service.ts';
import { whoIsHere } from './who-is-here.ts';

/** Notes what somebody at this machine is about to do to the desk, by the name that the machine knows them by. */
export function noteCommand(queries: Queries, act: AuditAct, at: Temporal.Instant): Promise<void> {
  const who = { person: whoIsHere(), access: 'admin', address: null } as const;
  return noteAct(queries, { at, act, by: 'command', ...who, target: null });
}

/** What goes on where the database cannot be opened, too. */
type Beside = { act: 'desk_mended' | 'base_connected'; at: Temporal.Instant };

/**
 * Notes it in the database as it was found, or by the service that keeps it for itself. A desk that
 * has no database yet has no audit log. Where it cannot be noted, as while the service starts, resolves with that.
 */
export async function noteBeside(
  environment: Environment,
  { connection, isServed, checkUp }: Found,
  { act, at }: Beside,
): Promise<CheckUp | null> {
  if (connection !== null) {
    await noteCommand(connection.queries, act, at);
    return null;
  }
  if (!isServed && checkUp.sign === 'good') return null;
  const answer = isServed ? await askService(environment, `/api/noted/${act}`, { method: 'POST' }) : null;
  return answer?.ok === true ? null : NOT_NOTED;
}

const NOT_NOTED = warning('Audit log', {
  message: 'What this command changes stands in no audit log, as the database cannot be reached now.',
  fix: 'Write it down yourself, where you must know it later.',
});
