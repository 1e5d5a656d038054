import { Problem, type ProblemDetails } from '../../src/domain/problem.ts';

/** What Notion said no with. Status 0 is no answer at all, and 200 one that nobody can read. */
export interface Answer {
  status: number;
  /** Notion's own word for the reason, such as validation_error; empty where it gave none. */
  code: string;
  /** Notion's own sentence. It may hold what customers wrote, so it goes into no message of ours. */
  message: string;
  /** The page that was saved although the answer is an error; null where it does not say. */
  savedId: string | null;
  /** Whether the plan's blocks are used up, so that no page can be made. */
  isBlockLimit: boolean;
}

/** A request that failed, with what was answered, so that a caller can do better than give up. */
export class NotionProblem extends Problem {
  readonly answer: Answer;

  constructor(details: ProblemDetails, answer: Answer) {
    super(details);
    this.answer = answer;
  }
}

/** Answers after which nobody knows what was done. */
const UNKNOWN_OUTCOME = new Set([0, 200, 408, 500, 502, 503, 504]);

/** Whether the same request may succeed a moment later, and whether it was carried out is not known. */
export function isUnknownOutcome(error: unknown): error is NotionProblem {
  return error instanceof NotionProblem && UNKNOWN_OUTCOME.has(error.answer.status);
}

/** Whether somebody else wrote to the page in the same moment; nothing was saved. */
export function isConflict(error: unknown): error is NotionProblem {
  return error instanceof NotionProblem && error.answer.status === 409;
}

/** Whether the request was refused because of something in it. */
export function isRefusal(error: unknown): error is NotionProblem {
  return error instanceof NotionProblem && [400, 413, 422].includes(error.answer.status);
}

/** Whether a capability of the connection is missing, or the plan's blocks. */
export function isRestricted(error: unknown): error is NotionProblem {
  return error instanceof NotionProblem && error.answer.status === 403;
}

export function isBlockLimit(error: unknown): error is NotionProblem {
  return error instanceof NotionProblem && error.answer.isBlockLimit;
}

/** Whether there is no such thing, or nobody shared it with the connection. */
export function isNotFound(error: unknown): error is NotionProblem {
  return error instanceof NotionProblem && error.answer.status === 404;
}

/** What Notion answered, as one of our problems. `asked` names the request: "PATCH /pages/…". */
export function problemOf(answer: Answer, asked: string): NotionProblem {
  const { status } = answer;
  if (status === 0) return new NotionProblem(unreachable(), answer);
  if (status === 401) return new NotionProblem(notAuthorised(), answer);
  if (status === 403) return new NotionProblem(answer.isBlockLimit ? blockLimit() : restricted(), answer);
  if (status === 404) return new NotionProblem(notFound(asked), answer);
  if (status === 409) return new NotionProblem(conflict(), answer);
  if (status >= 500 || status === 408) return new NotionProblem(unavailable(status), answer);
  if (status < 400) return new NotionProblem(unreadable(asked), answer);
  return new NotionProblem(rejected(answer, asked), answer);
}

export function tokenMissing(): Problem {
  return new Problem({
    code: 'notion.token-missing',
    message: 'NOTION_TOKEN is not set, so nothing can be asked of Notion.',
    fix: 'Make an internal connection on notion.so/profile/integrations, and put its token into .env as NOTION_TOKEN=ntn_….',
  });
}

function notAuthorised(): ProblemDetails {
  return {
    code: 'notion.not-authorised',
    message: 'Notion does not know the token in NOTION_TOKEN (401).',
    fix: 'Copy the token of the connection anew on notion.so/profile/integrations and put it into .env; an old one may have been replaced.',
  };
}

function restricted(): ProblemDetails {
  return {
    code: 'notion.restricted',
    message: 'Notion does not let the connection do this (403): it lacks a capability.',
    fix: 'On notion.so/profile/integrations, tick "read content", "update content", "insert content" and "read user information including email addresses"; `npx tabledesk doctor` tells which it is.',
  };
}

function blockLimit(): ProblemDetails {
  return {
    code: 'notion.block-limit',
    message:
      'The workspace has used all the blocks of its plan, so no page can be made in it; pages that are there are kept up to date.',
    fix: 'Take a paid plan, which has no such limit; rows that wait are made then. Deleting pages gives no blocks back.',
  };
}

function notFound(asked: string): ProblemDetails {
  return {
    code: 'notion.not-found',
    message: `Notion has nothing at ${asked}, or it was not shared with the connection (404).`,
    fix: 'In Notion, restore the database if it is in the trash; else open it, choose ••• and Connections, and add the connection. `npx tabledesk doctor` tells which it is.',
  };
}

function conflict(): ProblemDetails {
  return {
    code: 'notion.conflict',
    message: 'Somebody changed the page while it was written, so Notion saved nothing (409).',
    fix: 'Nothing is to be done; the page is looked at and written again in a moment.',
    retry: 'later',
  };
}

function unreachable(): ProblemDetails {
  return {
    code: 'notion.unreachable',
    message: 'Notion could not be reached, or fell silent in the middle of an answer.',
    fix: 'Nothing is to be done if it passes; else check the network, the proxy and NOTION_BASE_URL.',
    retry: 'later',
  };
}

function unavailable(status: number): ProblemDetails {
  return {
    code: 'notion.unavailable',
    message: `Notion is in trouble of its own (${status}).`,
    fix: 'Nothing is to be done; it is tried again. notion-status.com says how long it may last.',
    retry: 'later',
  };
}

function unreadable(asked: string): ProblemDetails {
  return {
    code: 'notion.unreadable',
    message: `What came back from ${asked} is no answer that Notion gives.`,
    fix: 'Check whether a proxy answers in its place, and NOTION_BASE_URL if it is set.',
    retry: 'later',
  };
}

function rejected({ status, code }: Answer, asked: string): ProblemDetails {
  return {
    code: 'notion.rejected',
    message: `Notion refuses ${asked} (${status}${code === '' ? '' : ` ${code}`}).`,
    fix: 'Run `npx tabledesk doctor`; if it finds nothing wrong with the database, please report this message.',
  };
}

export function rateLimited(afterSeconds: number): Problem {
  return new Problem({
    code: 'notion.rate-limited',
    message: `Notion has been asked more often than it allows, and answers nobody for ${afterSeconds} s.`,
    fix: 'Nothing is to be done if it passes. If it comes back, check the plan in desk.yaml, and find the other program that uses the token or the workspace.',
    retry: { afterSeconds },
  });
}

/** Unlike all other 429 this one does not pass by itself. */
export function blocked(): Problem {
  return new Problem({
    code: 'notion.blocked',
    message: 'Notion has blocked the connection, and answers none of its requests (429 public_api_request_blocked).',
    fix: 'Ask the support of Notion why; nothing is lost meanwhile, and one request an hour asks whether it goes on.',
  });
}

/** `what` says which columns are wrong, and how. */
export function columnsUnfit(what: readonly string[]): Problem {
  return new Problem({
    code: 'notion.columns-unfit',
    message: `The database lacks what Tabledesk needs to work: ${what.join('; ')}.`,
    fix: '`npx tabledesk doctor --fix` adds what is missing. A property that was renamed is found again when its id stands in desk.yaml, under columns.',
  });
}

/** A query that can be told no further, as more rows than it gives share one minute. */
export function tooManyAtOnce(at: Temporal.Instant): Problem {
  return new Problem({
    code: 'notion.too-many-at-once',
    message: `More than 10,000 rows of the database bear the same minute (${at.toString()}), and Notion lists no more of them.`,
    fix: 'Move rows that were imported in one go into another database, in part at least.',
  });
}

/** A table beside the tickets' that is named by a title of several. */
export function tableUnsure(table: string): Problem {
  return new Problem({
    code: 'notion.table-unsure',
    message: `Several databases that are shared with the connection are called "${table}".`,
    fix: 'Put the id of the right one into the config in place of its name: it is the 32 letters and digits in the link to it, before any question mark.',
  });
}

/** What `fit` says became known only while the write was on its way. */
export function notFitted(): Problem {
  return new Problem({
    code: 'notion.not-fitted',
    message: 'What the database can hold became known only while a row was about to be written.',
    fix: 'Nothing is to be done; the row is written in a moment.',
    retry: 'later',
  });
}

/** A connection that may not change the properties of the database. */
export function schemaLocked(wanted: string, cause?: unknown): Problem {
  const details: ProblemDetails = {
    code: 'notion.schema-locked',
    message: `The connection may not ${wanted}.`,
    fix: 'On notion.so/profile/integrations, give the connection the capability "update content"; or do it by hand in Notion.',
  };
  return new Problem(details, { cause });
}
