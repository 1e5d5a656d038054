import { Problem } from '../domain/problem.ts';

/**
 * Classes of SQLSTATE by which the database says that it cannot work now, whatever it is asked to keep: the connection,
 * a server that only reads, who may come in, transactions that hinder each other, room, locks, a stop, the disk itself.
 * PostgreSQL manual, appendix A.
 */
const CLASSES: ReadonlySet<string> = new Set(['08', '25', '28', '3D', '40', '53', '55', '57', '58']);

/** Of these classes what one large request can bring about alone: too little memory, and a query that took too long. */
const BY_A_REQUEST: ReadonlySet<string> = new Set(['53200', '57014']);

/**
 * Whether the database failed, and not what it was asked to do: the same goes well when it is back, so nobody is given
 * up for it. Looks through the causes, as a failed query comes wrapped.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Problem) return error.code.startsWith('database.');
  return isOutageState(error) || isOutage(error.cause);
}

function isOutageState(error: Error): boolean {
  if (!('code' in error) || typeof error.code !== 'string') return false;
  return error.code.length === 5 && CLASSES.has(error.code.slice(0, 2)) && !BY_A_REQUEST.has(error.code);
}

/** The server let nobody in, for the reason that it or the system gave. */
export function unreachable(cause: unknown): Problem {
  return noServer(`PostgreSQL cannot be reached: ${reasonOf(cause)}.`, cause);
}

/** The server ended a connection that was in use. Of the cause nothing is told: it may hold what was asked. */
export function cutOff(cause: unknown): Problem {
  return noServer('PostgreSQL ended a connection that was in use.', cause);
}

function noServer(message: string, cause: unknown): Problem {
  const fix =
    'See whether its server runs, and whether DATABASE_URL leads to it with the right user and password; a service that ' +
    'runs goes on by itself when it is back.';
  return new Problem({ code: 'database.unreachable', message, fix, retry: 'later' }, { cause });
}

/** Where several addresses of a name were tried in vain, the error has no message of its own. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'nobody knows why';
  return cause.message !== '' || !('code' in cause) ? cause.message : String(cause.code);
}
