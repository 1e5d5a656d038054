import { mindsLanguages } from '../../decide/conditions/languages.ts';
import { mindsFrustration } from '../../decide/frustration/minds.ts';
import type { Policy } from '../../decide/policy.ts';
import { peopleOf } from '../../decide/routing/people.ts';
import { type Judged, rulesMayMatter } from './rules-apart.ts';
import { hasSameNames, isRecord, isSameData } from './same-data.ts';

/** A part of a policy that another policy has otherwise. */
export interface Apart {
  /** As `triage.rules`. */
  path: string;
  /** Whether it can make a difference to a judgement in which it was read. */
  mayMatter(judged: Judged): boolean;
}

/** A policy that tells which of its parts were read, of those that another policy has otherwise. */
export interface WatchedPolicy {
  policy: Policy;
  /** Forgets what was read so far. */
  forget(): void;
  read(): readonly Apart[];
}

/**
 * Null where what is known of a policy by heart is read from parts that differ, and so is seen by nobody. The index of
 * its rules only spares questions, and is left out.
 */
export function watchPolicy(policy: Policy, other: Policy): WatchedPolicy | null {
  if (mindsFrustration(policy) !== mindsFrustration(other) || mindsLanguages(policy) !== mindsLanguages(other))
    return null;
  const read = new Set<Apart>();
  const watched = watch(policy, other, {
    path: [],
    policies: [policy, other],
    onRead: (apart) => void read.add(apart),
  });
  peopleOf(watched);
  if (read.size > 0) return null;
  return { policy: watched, forget: () => read.clear(), read: () => [...read] };
}

/**
 * Of `calendars.office` it is told that it was read, and not what of it: further in, things are read once and then known
 * by the object.
 */
const LAST_OPENED = 1;

interface Watching {
  path: readonly string[];
  policies: readonly [Policy, Policy];
  onRead(apart: Apart): void;
}

/** The same, with a getter in place of each part that differs. */
function watch<Part extends object>(part: Part, other: object, watching: Watching): Part {
  const watched = { ...part };
  for (const name of Object.keys(part)) {
    const [one, two] = [valueOf(part, name), valueOf(other, name)];
    if (isSameData(one, two)) continue;
    const inside = { ...watching, path: [...watching.path, name] };
    const isOpened = watching.path.length < LAST_OPENED && isRecord(one) && isRecord(two) && hasSameNames(one, two);
    const value = isOpened ? { value: watch(one, two, inside) } : { get: toldGetter(one, inside) };
    Object.defineProperty(watched, name, { ...value, enumerable: true });
  }
  return watched;
}

function valueOf(part: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(part, name)?.value;
}

function toldGetter(value: unknown, { path, policies: [policy, other], onRead }: Watching): () => unknown {
  const name = path.join('.');
  const mayMatter = name === 'triage.rules' ? rulesMayMatter(policy.triage.rules, other.triage.rules) : () => true;
  const apart: Apart = { path: name, mayMatter };
  return () => {
    onRead(apart);
    return value;
  };
}
