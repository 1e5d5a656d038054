/** An answer that says no, in one of the shapes of section 6. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`Airtable answers ${status}: ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** `{"error":{"type","message"}}`, or without a message. */
export function refused(status: number, type: string, message?: string): Refusal {
  return new Refusal(status, { error: message === undefined ? { type } : { type, message } });
}

/** A path that leads nowhere, or an id that is none. */
export function notFound(): Refusal {
  return new Refusal(404, { error: 'NOT_FOUND' });
}

export function unauthenticated(): Refusal {
  return refused(401, 'AUTHENTICATION_REQUIRED', 'Authentication required');
}

/** The same answer for what the token may not do and for what does not exist. */
export function noAccess(): Refusal {
  return refused(
    403,
    'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND',
    'Invalid permissions, or the requested model was not found. Check that both your user and your token have the ' +
      'required permissions, and that the model names and/or ids are correct.',
  );
}

/**
 * A field that is locked for the token's owner, in a record that is there [R, section 6]. It was seen with the
 * field's name (github.com/gtalarico/pyairtable issue 228) and without (github.com/GV14982/async-airtable issue 55).
 */
export function lockedField({ id, name }: { id: string; name: string }, isNamed: boolean): Refusal {
  const what = isNamed ? `the field "${name}" (${id})` : 'the field or table';
  return refused(
    403,
    'INVALID_PERMISSIONS',
    `You are not permitted to perform this operation because ${what} has been configured to limit who can perform ` +
      'this operation',
  );
}

/** The same in a record that would be made: which field it was is never said [R, reported in a forum]. */
export function mayNotCreate(): Refusal {
  return refused(403, 'INVALID_PERMISSIONS', 'insufficient privileges to create row');
}

export function recordGone(): Refusal {
  return refused(404, 'MODEL_ID_NOT_FOUND', 'Record not found');
}

export function unparsable(): Refusal {
  return refused(400, 'INVALID_REQUEST_BODY', 'Could not parse request body');
}

export function badRequest(message?: string): Refusal {
  return refused(
    422,
    'INVALID_REQUEST_UNKNOWN',
    message ?? 'Invalid request: parameter validation failed. Check your request data.',
  );
}

export function missingField(name: string): Refusal {
  return refused(422, 'INVALID_REQUEST_MISSING_FIELDS', `Could not find field "${name}" in the request body`);
}

export function badRecords(message: string): Refusal {
  return refused(422, 'INVALID_RECORDS', message);
}

export function unknownField(name: string): Refusal {
  return refused(422, 'UNKNOWN_FIELD_NAME', `Unknown field name: "${name}"`);
}

export function badValue(field: string): Refusal {
  return refused(422, 'INVALID_VALUE_FOR_COLUMN', `Field "${field}" cannot accept the provided value`);
}

export function computed(field: string): Refusal {
  return refused(
    422,
    'INVALID_VALUE_FOR_COLUMN',
    `Field "${field}" cannot accept a value because the field is computed`,
  );
}

/** The name stands in two pairs of quotation marks, as Airtable writes it. */
export function noSuchOption(name: string): Refusal {
  return refused(
    422,
    'INVALID_MULTIPLE_CHOICE_OPTIONS',
    `Insufficient permissions to create new select option ""${name}""`,
  );
}

export function noSuchRow(id: string): Refusal {
  return refused(422, 'ROW_DOES_NOT_EXIST', `Record ID ${id} does not exist in this table`);
}

export function badFormula(why: string): Refusal {
  return refused(422, 'INVALID_FILTER_BY_FORMULA', `The formula for filtering records is invalid: ${why}`);
}

/** Without a message, as it was seen (section 3). */
export function iteratorGone(): Refusal {
  return refused(422, 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE');
}

export function tooLarge(): Refusal {
  return refused(413, 'REQUEST_TOO_LARGE', 'Request body is too large');
}

/** The one shape with `errors` (section 6). */
export function rateLimited(): Refusal {
  return new Refusal(429, {
    errors: [{ error: 'RATE_LIMIT_REACHED', message: 'Rate limit exceeded. Please try again later' }],
  });
}

export function monthSpent(): Refusal {
  return new Refusal(429, {
    errors: [
      {
        error: 'PUBLIC_API_BILLING_LIMIT_EXCEEDED',
        message: 'API billing plan limit exceeded. Upgrade your plan or wait until the limit resets.',
      },
    ],
  });
}
