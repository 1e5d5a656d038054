/** An answer that says no, in the shape of section 6. The request's id is added when it is sent. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly body: { object: 'error'; status: number; code: string; message: string; additional_data?: object };
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, { code, message, data, headers = {} }: Said) {
    super(`Notion answers ${status} ${code}: ${message}`);
    this.status = status;
    this.body = { object: 'error', status, code, message, ...(data !== undefined && { additional_data: data }) };
    this.headers = headers;
  }
}

interface Said {
  code: string;
  message: string;
  data?: object | undefined;
  headers?: Readonly<Record<string, string>>;
}

/** Why a connection must wait (section 6). */
export type RateLimitReason =
  | 'public_api_request_rate_limit'
  | 'public_api_space_request_rate_limit'
  | 'public_api_endpoint_rate_limit'
  | 'public_api_request_blocked';

/** The kinds of thing that an id may name, in the words of Notion's messages. */
export type Named = 'page' | 'database' | 'data_source' | 'block' | 'user' | 'comment' | 'view' | 'file_upload';

export function invalid(message: string): Refusal {
  return new Refusal(400, { code: 'validation_error', message });
}

/** `body failed validation: body.x should be …, instead was …` (section 6). */
export function failed(where: 'body' | 'query' | 'path', complaint: string): Refusal {
  return invalid(`${where} failed validation: ${complaint}.`);
}

export function unparsable(): Refusal {
  return new Refusal(400, { code: 'invalid_json', message: 'Error parsing JSON body.' });
}

export function noSuchUrl(): Refusal {
  return new Refusal(400, { code: 'invalid_request_url', message: 'Invalid request URL.' });
}

export function versionMissing(): Refusal {
  const message =
    'Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.';
  return new Refusal(400, { code: 'missing_version', message });
}

export function unauthenticated(): Refusal {
  return new Refusal(401, { code: 'unauthorized', message: 'API token is invalid.' });
}

/** The connection lacks a capability. */
export function restricted(): Refusal {
  return new Refusal(403, { code: 'restricted_resource', message: 'Insufficient permissions for this endpoint.' });
}

/** The words are not published [U]; what counts is in `additional_data` (section 6). */
export function blocksSpent(): Refusal {
  return new Refusal(403, {
    code: 'restricted_resource',
    message: 'This workspace has used all the blocks of its plan. Upgrade the plan to create more content.',
    data: { block_limit: 'block_creation' },
  });
}

/** The same for what does not exist and for what nobody shared (section 1). */
export function objectNotFound(what: Named, id: string, connection: string): Refusal {
  return new Refusal(404, {
    code: 'object_not_found',
    message:
      `Could not find ${what} with ID: ${id}. Make sure the relevant pages and databases are shared with your ` +
      `integration "${connection}".`,
  });
}

/** Nothing was saved (section 6). */
export function conflict(): Refusal {
  return new Refusal(409, {
    code: 'conflict_error',
    message: 'Conflict occurred while saving. Please try again.',
  });
}

/** Retry-After is told twice, as a whole number of seconds (section 2). A blocked connection need not come back. */
export function rateLimited(reason: RateLimitReason, retryAfterSeconds: number | null): Refusal {
  const wait = retryAfterSeconds === null ? null : String(Math.max(1, Math.ceil(retryAfterSeconds)));
  return new Refusal(429, {
    code: 'rate_limited',
    message: 'You have been rate limited. Please try again in a few minutes.',
    data: { rate_limit_reason: reason, ...(wait !== null && { retry_after: wait }) },
    headers: wait === null ? {} : { 'retry-after': wait },
  });
}
