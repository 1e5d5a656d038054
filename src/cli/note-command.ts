import { userInfo } from 'node:os';
import { noteAct } from '../db/audit.ts';
import type { Queries } from '../db/connection.ts';
import type { AuditAct } from '../domain/audit.ts';

/** Notes what somebody at this machine is about to do to the desk, by the name that the machine knows them by. */
export function noteCommand(queries: Queries, act: AuditAct, at: Temporal.Instant): Promise<void> {
  return noteAct(queries, { at, act, by: 'command', person: nameHere(), access: 'admin', target: null, address: null });
}

function nameHere(): string | null {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number without a name.
    return null;
  }
}
