import { Problem, type ProblemDetails } from '../../src/domain/problem.ts';

/** What Airtable said no with. Status 0 is no answer at all. */
export interface Answer {
  status: number;
  /** Airtable's own word for the reason, such as UNKNOWN_FIELD_NAME; empty where it gave none. */
  type: string;
  /** Airtable's own sentence. It may hold what customers wrote, so it goes into no message of ours. */
  message: string;
}

/** A request that failed, with what was answered, so that a caller can do better than give up. */
export class AirtableProblem extends Problem {
  readonly answer: Answer;

  constructor(details: ProblemDetails, answer: Answer) {
    super(details);
    this.answer = answer;
  }
}

/** Answers after which nobody knows what was done. What we ask can be asked again all the same. */
const UNKNOWN_OUTCOME = new Set([0, 408, 500, 502, 503, 504]);

/** Whether the same request may succeed a moment later, and whether it was carried out is not known. */
export function isUnknownOutcome(error: unknown): boolean {
  return error instanceof AirtableProblem && UNKNOWN_OUTCOME.has(error.answer.status);
}

/** Whether the request was refused for the speed of those before it. */
export function isRateLimited(error: unknown): boolean {
  return error instanceof Problem && error.code === 'airtable.rate-limited';
}

/** Whether the request was refused because of something in it. */
export function isRefusal(error: unknown): error is AirtableProblem {
  return error instanceof AirtableProblem && [400, 413, 422].includes(error.answer.status);
}

/** Whether Airtable gave one of these reasons. */
export function isType(error: unknown, ...types: readonly string[]): boolean {
  return error instanceof AirtableProblem && types.includes(error.answer.type);
}

/** Whether the token's owner may not edit a field of the request, or the whole table. */
export function isLocked(error: unknown): error is AirtableProblem {
  return error instanceof AirtableProblem && error.code === 'airtable.locked';
}

/** Answers that can mean that a row is gone; which it is, only reading tells. */
export function mayBeGone(error: unknown): error is AirtableProblem {
  if (!(error instanceof AirtableProblem)) return false;
  const { status, type } = error.answer;
  return status === 403 || status === 404 || type === 'ROW_DOES_NOT_EXIST';
}

/** What Airtable answered, as one of our problems. `asked` names the request: "GET /tbl…". */
export function problemOf(answer: Answer, asked: string): AirtableProblem {
  const { status } = answer;
  if (status === 0) return new AirtableProblem(unreachable(), answer);
  if (status === 401) return new AirtableProblem(notAuthorised(), answer);
  if (status === 403) return new AirtableProblem(saysLocked(answer) ? locked() : noAccess(), answer);
  if (status === 404) return new AirtableProblem(notFound(asked), answer);
  if (status >= 500 || status === 408) return new AirtableProblem(unavailable(status), answer);
  if (status < 400) return new AirtableProblem(unreadable(asked), answer);
  return new AirtableProblem(rejected(answer, asked), answer);
}

/** There are two: what may not be known, and what is known and may not be changed. */
function saysLocked({ type }: Answer): boolean {
  return type.startsWith('INVALID_PERMISSIONS') && type !== 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND';
}

export function tokenMissing(): Problem {
  return new Problem({
    code: 'airtable.token-missing',
    message: 'AIRTABLE_TOKEN is not set, so nothing can be asked of Airtable.',
    fix: 'Make a personal access token on airtable.com/create/tokens, and put it into .env as AIRTABLE_TOKEN=pat….',
  });
}

function notAuthorised(): ProblemDetails {
  return {
    code: 'airtable.not-authorised',
    message: 'Airtable does not know the token in AIRTABLE_TOKEN (401).',
    fix: 'Make a new token on airtable.com/create/tokens and put it into .env; an old one may have been deleted or replaced.',
  };
}

function noAccess(): ProblemDetails {
  return {
    code: 'airtable.no-access',
    message: 'Airtable does not let the token see the base or the table (403), or there is no such one.',
    fix: 'Check the ids in desk.yaml, and that the token has the base and the scopes data.records:read, data.records:write and schema.bases:read; `npx tabledesk doctor` tells which it is.',
  };
}

function locked(): ProblemDetails {
  return {
    code: 'airtable.locked',
    message: "Airtable does not let the token's owner change this table or field (403).",
    fix: "In the base, allow the token's owner to create records and to edit every field that Tabledesk fills.",
  };
}

/** Without the key no row is ever found again, so here it ends. */
export function keyLocked(title: string): Problem {
  return new Problem({
    code: 'airtable.key-locked',
    message: `Airtable does not let the token's owner edit the column "${title}", or anything in the table (403), so nothing is written.`,
    fix: "In Airtable, open the menu of the column, choose Edit field permissions, and let the token's owner edit it; see that it may create records in the table, too. By this column each row is found.",
  });
}

function notFound(asked: string): ProblemDetails {
  return {
    code: 'airtable.not-found',
    message: `Airtable has nothing at ${asked} (404).`,
    fix: 'Check the ids of the base and the table in desk.yaml, and AIRTABLE_ENDPOINT_URL if it is set.',
  };
}

function unreachable(): ProblemDetails {
  return {
    code: 'airtable.unreachable',
    message: 'Airtable could not be reached, or fell silent in the middle of an answer.',
    fix: 'Nothing is to be done if it passes; else check the network, the proxy and AIRTABLE_ENDPOINT_URL.',
    retry: 'later',
  };
}

function unavailable(status: number): ProblemDetails {
  return {
    code: 'airtable.unavailable',
    message: `Airtable is in trouble of its own (${status}).`,
    fix: 'Nothing is to be done; it is tried again. status.airtable.com says how long it may last.',
    retry: 'later',
  };
}

function unreadable(asked: string): ProblemDetails {
  return {
    code: 'airtable.unreadable',
    message: `What came back from ${asked} is no answer that Airtable gives.`,
    fix: 'Check whether a proxy answers in its place, and AIRTABLE_ENDPOINT_URL if it is set.',
    retry: 'later',
  };
}

function rejected({ status, type }: Answer, asked: string): ProblemDetails {
  return {
    code: 'airtable.rejected',
    message: `Airtable refuses ${asked} (${status}${type === '' ? '' : ` ${type}`}).`,
    fix: 'Run `npx tabledesk doctor`; if it finds nothing wrong with the base, please report this message.',
  };
}

export function rateLimited(afterSeconds: number): Problem {
  return new Problem({
    code: 'airtable.rate-limited',
    message: 'More than five requests came to the base within a second, so Airtable answers nobody for 30 s.',
    fix: 'Nothing is to be done if it passes. If it comes back, find the other program that uses the base.',
    retry: { afterSeconds },
  });
}

export function monthSpent(afterSeconds: number): Problem {
  return new Problem({
    code: 'airtable.month-spent',
    message: "The workspace has used up its month's API calls, so Airtable neither shows nor takes rows.",
    fix: 'Wait for the first of the month, or take a larger plan. Nothing is lost: changes are kept, and one request an hour asks whether it goes on.',
    retry: { afterSeconds },
  });
}

export function tableMissing(table: string, base: string): Problem {
  return new Problem({
    code: 'airtable.table-missing',
    message: `The base ${base} has no table "${table}".`,
    fix: 'Put the id of the table (tbl…, in its address) into desk.yaml, or make it with `npx tabledesk connect airtable`.',
  });
}

/** `what` says which columns are wrong, and how. */
export function columnsUnfit(what: readonly string[]): Problem {
  return new Problem({
    code: 'airtable.columns-unfit',
    message: `The table lacks what Tabledesk needs to work: ${what.join('; ')}.`,
    fix: '`npx tabledesk doctor --fix` adds what is missing. A column that was renamed is found again when its field id stands in desk.yaml, under columns.',
  });
}

/** A token without the scope, an owner without the role, or a base that has as many webhooks as it may. */
export function noWebhooks({ status, type }: Answer): Problem {
  return new Problem({
    code: 'airtable.no-webhooks',
    message: `Airtable makes no webhook for us (${status}${type === '' ? '' : ` ${type}`}), so edits are looked for and not told.`,
    fix: 'Give the token the scope webhook:manage and its owner the role Creator in the base, and see that the base has fewer than ten webhooks; then start again. Nothing is lost without one.',
  });
}

export function listingLost(afterSeconds: number): Problem {
  return new Problem({
    code: 'airtable.listing-lost',
    message: 'Airtable gave up the listing of rows three times before its last page.',
    fix: 'Nothing is to be done if it passes; reading begins anew. If it stays, archive closed rows into another table.',
    retry: { afterSeconds },
  });
}

/** What `fit` says became known only while the write was on its way. */
export function notFitted(): Problem {
  return new Problem({
    code: 'airtable.not-fitted',
    message: 'What the base can hold became known only while a row was about to be written.',
    fix: 'Nothing is to be done; the row is written in a moment.',
    retry: 'later',
  });
}

/** A token without the scope to change columns and options, or an owner who is no creator of the base. */
export function schemaLocked(wanted: string): Problem {
  return new Problem({
    code: 'airtable.schema-locked',
    message: `The token may not ${wanted}.`,
    fix: 'Give the token the scope schema.bases:write, and its owner the role Creator in the base; or do it by hand in Airtable.',
  });
}
