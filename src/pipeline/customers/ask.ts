import type { LookUpConfig } from '../../config/lookups.ts';
import type { LookUpAnswer } from '../../db/schema.ts';
import { Problem } from '../../domain/problem.ts';
import { type AccountFields, type Gap, type Identity, identityOf } from '../../domain/requester.ts';
import { valueAt } from '../../kit/answers.ts';
import { type Fetched, guardedFetch } from '../../kit/guarded-fetch.ts';
import { type Json, parseJson } from '../../kit/json-value.ts';
import { storable } from '../../kit/storable-text.ts';
import type { Ask } from './asks.ts';
import { fieldValue, MOST_IDENTITIES } from './field-value.ts';

/** More than any account needs; a service that sends more than this was asked for something else. */
const MOST_BYTES = 262_144;

/** For so long an answer that is late is still taken, after everybody went on without it. */
const LATEST_SECONDS = 30;

/** What came of asking. */
export type Outcome = { answer: LookUpAnswer } | { gap: Gap; code: string };

/** Asks a service about a person. Whatever it does, this comes back, in half a minute at the latest. */
export async function ask({ lookUp, url }: Ask): Promise<Outcome> {
  try {
    const fetched = await guardedFetch(url, {
      maxBytes: MOST_BYTES,
      timeoutSeconds: Math.max(LATEST_SECONDS, lookUp.timeoutSeconds),
      // The secret is for this host; where it would send us is for the admin to know, not for us to follow.
      maxRedirects: 0,
      headers: { accept: 'application/json', ...lookUp.headers },
      ...(lookUp.internal ? { mayConnect: () => true } : {}),
    });
    return outcomeOf(fetched, lookUp);
  } catch (error) {
    if (error instanceof Problem) return { gap: GAPS[error.code] ?? 'unreadable', code: error.code };
    throw error;
  }
}

const GAPS: Readonly<Record<string, Gap>> = {
  'fetch.address-refused': 'forbidden',
  'fetch.unreachable': 'unreachable',
  'fetch.too-slow': 'slow',
};

function outcomeOf({ status, body }: Fetched, lookUp: LookUpConfig): Outcome {
  if (lookUp.notFound.includes(status)) return { answer: { fields: {}, identities: [] } };
  if (status < 200 || status > 299) return { gap: 'refused', code: String(status) };
  const json = parseJson(body.toString('utf8'));
  return { answer: { fields: fieldsIn(json, lookUp), identities: identitiesIn(json, lookUp) } };
}

/** What is not there, or is neither a text nor a number nor yes or no, is left out. */
function fieldsIn(json: Json, { answers }: LookUpConfig): AccountFields {
  const found = Object.entries(answers).flatMap(([name, path]) => {
    const value = fieldValue(valueAt(json, path));
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

function identitiesIn(json: Json, { samePerson }: LookUpConfig): readonly Identity[] {
  const found = samePerson === null ? undefined : valueAt(json, samePerson);
  const values = Array.isArray(found) ? found : [found];
  const texts = values.filter((value): value is string => typeof value === 'string');
  return texts.slice(0, MOST_IDENTITIES).flatMap((text) => identityOf(storable(text)) ?? []);
}
