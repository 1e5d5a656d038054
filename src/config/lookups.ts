import type { Condition } from '../decide/condition.ts';
import { compileCondition, type Names } from './policy/condition.ts';
import type { Customers } from './written/customers.ts';
import { minutesOf, secondsOf } from './written/words.ts';
import type { Environment } from '../kit/connector.ts';

/** A service that is asked about a person, with the secrets that the environment holds now. */
export interface LookUpConfig {
  name: string;
  /** With fields of the ticket in braces. */
  url: string;
  /** Which tickets are looked up. */
  when: Condition;
  /** Null when the environment lacks something that they need: then nothing is asked. */
  headers: Readonly<Record<string, string>> | null;
  /** Names of environment variables that are not set. */
  missingSecrets: readonly string[];
  timeoutSeconds: number;
  /** For so long an answer counts. */
  cacheMinutes: number;
  /** Name of a field of the account → dotted path in the answer. */
  answers: Readonly<Record<string, string>>;
  /** Dotted path to other addresses of the person; null when the service gives none. */
  samePerson: string | null;
  /** Statuses that mean that nobody of that name is there. */
  notFound: readonly number[];
  /** May stand in a network of the team's own. */
  internal: boolean;
}

/** A secret within the text of a header. */
export const SECRET_IN_HEADER = /\benv:([A-Za-z_][A-Za-z0-9_]*)/g;

/** A field of the ticket within an address. */
export const FIELD_IN_URL = /\{([^{}]*)\}/g;

export function lookUpsOf({ lookups }: Customers, environment: Environment, names: Names): readonly LookUpConfig[] {
  return lookups.flatMap(({ name, url, when, headers, timeout, cacheFor, answers, notFound, internal, samePerson }) => {
    if (url === undefined) return [];
    const missingSecrets = secretsIn(headers).filter((variable) => !environment[variable]);
    return {
      name,
      url,
      when: compileCondition(when, names),
      headers: missingSecrets.length > 0 ? null : filled(headers, environment),
      missingSecrets,
      timeoutSeconds: secondsOf(timeout),
      cacheMinutes: minutesOf(cacheFor),
      answers,
      samePerson: samePerson ?? null,
      notFound,
      internal,
    };
  });
}

function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.values(headers).flatMap((text) => [...text.matchAll(SECRET_IN_HEADER)].map(([, name]) => name));
  return [...new Set(names)].filter((name) => name !== undefined);
}

function filled(headers: Readonly<Record<string, string>>, environment: Environment): LookUpConfig['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([header, text]) => [
      header.toLowerCase(),
      text.replaceAll(SECRET_IN_HEADER, (_, name: string) => environment[name] ?? ''),
    ]),
  );
}
