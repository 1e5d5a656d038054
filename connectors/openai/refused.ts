import { Problem } from '../../src/domain/problem.ts';

/** Why a request came to nothing. */
export interface Refused {
  /** Of the endpoint's answer; null where there was none. */
  status: number | null;
  code: string | null;
  param: string | null;
  /** In the words of the endpoint, which may repeat the ticket: never shown. */
  message: string;
  /** After which the endpoint wants to be asked again; null where it does not say. */
  retryAfterSeconds: number | null;
  /** Of a request that did not get through, why; null where it did. */
  unreached: Problem | null;
}

/** Milliseconds before each further attempt. */
const PAUSES = [500, 1500];

/** Statuses that may pass in a moment: conflicts, limits, and faults of the endpoint. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** The account has nothing left to spend, which no waiting mends. */
const NO_CREDIT: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
]);

/** How long to wait before another attempt; null where none would help. */
export function pauseBefore(refused: Refused, attempts: number): number | null {
  const usual = PAUSES[attempts - 1];
  if (usual === undefined || !mayPass(refused)) return null;
  return refused.retryAfterSeconds === null ? usual : refused.retryAfterSeconds * 1000;
}

function mayPass({ status, code, unreached }: Refused): boolean {
  if (unreached !== null) return unreached.code === 'fetch.unreachable';
  return status !== null && (PASSING.has(status) || status >= 500) && !NO_CREDIT.has(code ?? '');
}

/** Whether a filter stands before the model, and took offence at the ticket. */
export function isFiltered({ code }: Refused): boolean {
  return code === 'content_filter' || code === 'content_policy_violation';
}

/** Who asked what: `host` is where the endpoint is, and `use` what is wanted of the model. */
export interface Refuser {
  host: string;
  model: string;
  use: 'completions' | 'vectors';
}

/** What is asked for, and where the config names the model for it. */
const USES = {
  completions: { what: 'chat completions', key: 'model.name' },
  vectors: { what: 'embeddings', key: 'learning.embeddings.name' },
} as const;

/** What the refusal means for whoever asked. */
export function problemOf(refused: Refused, { host, model, use }: Refuser): Problem {
  const { status, code, retryAfterSeconds, unreached } = refused;
  if (unreached !== null) return unreachedProblem(unreached, host);
  if (status === 402 || NO_CREDIT.has(code ?? '')) return noCredit(host);
  if (isFiltered(refused)) return refusedByModel(model);
  if (status === 401 || status === 403) return notAuthorised(host, status);
  if (status === 404) return notFound({ host, model, use });
  if (status === 429) return rateLimited(host, retryAfterSeconds);
  if (status !== null && status >= 500) return broken(host, status);
  return rejected(refused, { host, use });
}

function unreachedProblem(unreached: Problem, host: string): Problem {
  if (unreached.code === 'fetch.address-refused') {
    return new Problem({
      code: 'model.address-refused',
      message: `${host} leads into a network that is not of the internet, and nobody named it.`,
      fix: 'Set OPENAI_BASE_URL to the endpoint that you mean.',
    });
  }
  return new Problem(
    {
      code: 'model.unreachable',
      message: `${host} could not be reached, or broke off in the middle of its answer.`,
      fix: 'Nothing is to be done if it passes; else look whether the endpoint runs, and at OPENAI_BASE_URL.',
      retry: 'later',
    },
    { cause: unreached },
  );
}

function noCredit(host: string): Problem {
  return new Problem({
    code: 'model.no-credit',
    message: `${host} says that the account has nothing left to spend.`,
    fix: 'Top the account up there, or raise its limit.',
    retry: 'later',
  });
}

/** The model would not answer, or a filter of its endpoint stood before it. */
export function refusedByModel(model: string): Problem {
  return new Problem({
    code: 'model.refused',
    message: `${model} would not read this ticket, or a filter of its endpoint kept it from it.`,
    fix: 'Nothing is to be done: a person looks at the ticket.',
  });
}

function notAuthorised(host: string, status: number): Problem {
  return new Problem({
    code: 'model.not-authorised',
    message: `${host} does not let us in (${status}).`,
    fix: 'Check OPENAI_API_KEY, and that its account may use the model.',
  });
}

function notFound({ host, model, use }: Refuser): Problem {
  return new Problem({
    code: 'model.not-found',
    message: `${host} knows no model ${model}, or is not where ${USES[use].what} are.`,
    fix: `Check ${USES[use].key} in triage.yaml, and OPENAI_BASE_URL, which mostly ends with /v1.`,
  });
}

function rateLimited(host: string, afterSeconds: number | null): Problem {
  return new Problem({
    code: 'model.rate-limited',
    message: `${host} wants to be asked less often.`,
    fix: 'Nothing is to be done if it passes; else ask for a higher limit there, or lower callsPerDay in triage.yaml.',
    retry: afterSeconds === null ? 'later' : { afterSeconds },
  });
}

function broken(host: string, status: number): Problem {
  return new Problem({
    code: 'model.unreachable',
    message: `${host} answered with a fault of its own (${status}).`,
    fix: 'Nothing is to be done if it passes; else look at the state of the endpoint.',
    retry: 'later',
  });
}

/** What an endpoint calls a fault is shown where it is a name, which holds nothing of a ticket. */
function rejected({ status, code, param }: Refused, { host, use }: Pick<Refuser, 'host' | 'use'>): Problem {
  const named = [code, param].filter((word) => word !== null && /^[\w.-]{1,60}$/.test(word));
  return new Problem({
    code: 'model.rejected',
    message: `${host} does not take our request (${[status ?? 'no status', ...named].join(', ')}).`,
    fix: `Check with npx tabledesk doctor whether the endpoint speaks as ${USES[use].what} do, and ${USES[use].key} in triage.yaml.`,
  });
}

/** It failed too often of late to be asked now. */
export function resting(host: string, afterSeconds: number): Problem {
  return new Problem({
    code: 'model.resting',
    message: `${host} failed again and again, and is left alone for ${afterSeconds} s.`,
    fix: 'Look on the page Health at what it said; it is asked again by itself.',
    retry: { afterSeconds },
  });
}

/** The time was over before it had answered. */
export function tooSlow(host: string, seconds: number): Problem {
  return new Problem({
    code: 'model.too-slow',
    message: `${host} did not answer within ${seconds} s.`,
    fix: 'Nothing is to be done if it is rare; else take a smaller or a quicker model.',
    retry: 'later',
  });
}
