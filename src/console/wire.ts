import { z } from 'zod';
import { storable } from '../kit/storable-text.ts';

/** What the body parser makes of a form: each name with its value, or with all of them. */
const FormBody = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** A form that somebody sent. */
export interface Form {
  /** The value of a field, as it was typed; empty when the form has none of that name. The last one, of several. */
  get(name: string): string;
  has(name: string): boolean;
}

/** Reads a form from the parsed body of a request; whatever is no form is an empty one. */
export function readForm(body: unknown): Form {
  const parsed = FormBody.safeParse(body);
  const fields = new Map(Object.entries(parsed.success ? parsed.data : {}));
  return {
    get(name) {
      const value = fields.get(name) ?? '';
      return typed(typeof value === 'string' ? value : (value.at(-1) ?? ''));
    },
    has: (name) => fields.has(name),
  };
}

/** A text as it was typed: browsers end the lines of a text box with CR LF. */
function typed(text: string): string {
  return storable(text.replaceAll('\r\n', '\n'));
}

/** A query string, as far as it is plain names and values; the first of several. */
export function readQuery(query: unknown): (name: string) => string {
  const parsed = FormBody.safeParse(query);
  const fields = new Map(Object.entries(parsed.success ? parsed.data : {}));
  return (name) => {
    const value = fields.get(name) ?? '';
    return storable(typeof value === 'string' ? value : (value[0] ?? ''));
  };
}

/** What a provider says of somebody. */
const Claims = z.looseObject({
  sub: z.string(),
  email: z.string().optional().catch(undefined),
  /** Some write it as a text. */
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((written) => written === 'true')])
    .optional()
    .catch(false),
});
export type Claims = z.output<typeof Claims>;

/** Reads the claims of a provider; throws where they name nobody. */
export function readClaims(claims: unknown): Claims {
  return Claims.parse(claims);
}

/** What a browser carries while somebody is at the provider. */
const Left = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  at: z.iso.datetime().transform((written) => Temporal.Instant.from(written)),
});
export type Left = z.output<typeof Left>;

/** Reads the cookie of somebody who comes back; null where there is none of ours. */
export function readLeft(cookie: string | null): Left | null {
  try {
    return Left.parse(JSON.parse(cookie ?? ''));
  } catch {
    return null;
  }
}
