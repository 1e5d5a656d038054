import { Problem } from '../domain/problem.ts';

/**
 * What the database says when it cannot work now, whatever it is asked to keep: SQLSTATEs, or how those of a class begin
 * (PostgreSQL manual, appendix A). Of memory, of temporary files and of time one large request can take too much by
 * itself, and a failed transaction can be a fault of ours: these would come again with the request, and are not here.
 */
const OUTAGES = [
  '08', // the connection
  '25006', // a server that only reads
  '28', // who may come in
  '3D', // no such database
  '40', // transactions that hinder each other
  '53100', // the disk is full
  '53300', // too many connections
  '55P03', // a lock that somebody else has
  '57P', // a stop
  '58', // the system below
] as const;

/** The system's own codes, as `ECONNRESET`, are longer. */
const SQLSTATE_LETTERS = 5;

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
  const { code } = error;
  return code.length === SQLSTATE_LETTERS && OUTAGES.some((outage) => code.startsWith(outage));
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
