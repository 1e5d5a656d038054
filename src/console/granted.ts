import type { AccessSettings, Grant } from '../config/access.ts';
import type { Agent } from '../domain/person.ts';
import type { Access } from '../kit/access.ts';
import type { Claims } from './wire.ts';

/** Longest name that a change can bear. */
const LONGEST_NAME = 80;

/** What somebody may do whom the provider names; null where no grant fits them. */
export function grantedTo(claims: Claims, { who }: AccessSettings): Access | null {
  return who.find((grant) => fits(grant, claims))?.access ?? null;
}

function fits({ emails, domains, claim, values }: Grant, claims: Claims): boolean {
  const email = emailOf(claims);
  if (email !== null && (emails.includes(email) || domains.includes(email.slice(email.lastIndexOf('@') + 1))))
    return true;
  return claim !== null && textsIn(claims[claim]).some((text) => values.includes(text));
}

/** In small letters; none that the provider itself says nobody has shown to be theirs. */
function emailOf({ email, email_verified: isVerified = true }: Claims): string | null {
  return email === undefined || !isVerified ? null : email.toLowerCase();
}

/** A claim is a text or a list of them. */
function textsIn(claim: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return all.filter((each) => typeof each === 'string');
}

/**
 * The name that somebody's changes bear: that of the agent with their mail address, or with their name and no
 * other address. Names are chosen freely at some providers, so one that is an agent's and comes with another address
 * has that address beside it.
 */
export function nameFrom(
  claims: Claims,
  { nameClaim, agents }: { nameClaim: string; agents: readonly Pick<Agent, 'name' | 'email'>[] },
): string {
  const email = emailOf(claims);
  const [said = ''] = textsIn(claims[nameClaim]).map((name) => name.trim());
  const byEmail = agents.find((agent) => email !== null && agent.email?.toLowerCase() === email);
  if (byEmail !== undefined) return byEmail.name;
  const name = said || (email ?? claims.sub);
  const namesake = agents.find((agent) => agent.name.toLowerCase() === name.toLowerCase());
  if (namesake === undefined) return name.slice(0, LONGEST_NAME);
  return namesake.email === null ? namesake.name : `${name} (${email ?? claims.sub})`.slice(0, LONGEST_NAME);
}
