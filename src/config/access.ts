import { ACCESSES, type Access } from '../kit/access.ts';
import type { Environment } from '../kit/connector.ts';
import { secretsNamed } from './secrets.ts';
import type { Access as WrittenAccess } from './written/access.ts';
import { listOf } from './written/words.ts';

/** Who says who people are. */
export interface ProviderSettings {
  title: string;
  issuer: string;
  clientId: string;
  /** Null where the environment lacks it: then nobody comes in by the provider. */
  clientSecret: string | null;
  scopes: readonly string[];
  nameClaim: string;
  internal: boolean;
}

/** Whoever any of these fits has the access. */
export interface Grant {
  access: Access;
  /** In small letters. */
  emails: readonly string[];
  domains: readonly string[];
  claim: string | null;
  values: readonly string[];
}

export interface AccessSettings {
  /** Null where people come by a password alone. */
  provider: ProviderSettings | null;
  /** Those that give most come first. */
  who: readonly Grant[];
  /** Which passwords open the console. */
  passwords: 'all' | 'admin';
}

export function accessSettingsOf(
  { provider, who, passwords }: WrittenAccess,
  environment: Environment,
): AccessSettings {
  const grants = who.map(({ access, emails, domains, claim, values }) => ({
    access,
    emails: listOf(emails).map((email) => email.toLowerCase()),
    domains: listOf(domains).map((domain) => domain.toLowerCase()),
    claim: claim ?? null,
    values: listOf(values),
  }));
  return {
    provider:
      provider === undefined
        ? null
        : { ...provider, clientSecret: secretsNamed([provider.clientSecret], environment).found[0] ?? null },
    who: grants.toSorted((one, other) => ACCESSES.indexOf(other.access) - ACCESSES.indexOf(one.access)),
    passwords,
  };
}
