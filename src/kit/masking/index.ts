/**
 * Hides personal data in a text before it leaves the house: numbered placeholders stand in its place, and what comes
 * back is filled in again here.
 */
import type { Identity } from '../../domain/requester.ts';
import { LINK_DETECTORS, MACHINE_DETECTORS } from './addresses.ts';
import type { Detector, Found } from './found.ts';
import { knownTo, NAME_DETECTORS } from './names.ts';
import { NUMBER_DETECTORS } from './numbers.ts';
import { phones } from './phones.ts';
import { SECRET_DETECTORS } from './secrets.ts';

/** Who wrote: what is theirs is hidden wherever it stands. */
export interface KnownPerson {
  name: string;
  email: string | null;
  identities?: readonly Identity[];
}

/** Something that a team calls personal, too. */
export interface OwnPattern {
  /** As its placeholder shows it: `CUSTOMER NUMBER` becomes `[CUSTOMER_NUMBER_1]`. */
  name: string;
  /** Where it first stands; null where it does not. */
  find(text: string): { start: number; end: number } | null;
}

export interface Mask {
  /** The text with a placeholder for each thing that nobody outside is to read; the same thing has the same one. */
  hide(text: string): string;
  /**
   * Of a text of the team's own, in which an address is no secret: hides who asks, and what was hidden before, and
   * leaves the rest.
   */
  hideKnown(text: string): string;
  /** The text with what placeholders stand for; for a secret, only what it is. */
  show(text: string): string;
}

/** What a person may read where a placeholder stood; nobody needs the secret itself a second time. */
const SECRETS: Readonly<Record<string, string>> = {
  KEY: '(key)',
  PASSWORD: '(password)',
  CARD: '(card number)',
  IBAN: '(account number)',
  ID_NUMBER: '(ID number)',
  QUERY: '',
};

/** What stands where something was left out for good. */
export const LEFT_OUT = '[…]';

/** More of one custom pattern in a text than anybody writes. */
const MOST_OF_ONE = 200;

/** In the order in which they count: a number in an address is no number to ring. */
const USUAL: readonly Detector[] = [
  ...LINK_DETECTORS,
  ...SECRET_DETECTORS,
  ...NUMBER_DETECTORS,
  phones,
  ...MACHINE_DETECTORS,
  ...NAME_DETECTORS,
];

/** By what people are reached, and what opens something. A name is none of these: no shape tells whose it is. */
export function contactsIn(text: string): readonly string[] {
  const detectors = USUAL.filter((detector) => !NAME_DETECTORS.includes(detector));
  const found = placesIn(text, detectors).filter(({ kind }) => kind !== 'QUERY');
  return found.map(({ start, end }) => text.slice(start, end));
}

/** Hides what a text says of people for good: nothing is filled in again. */
export function anonymous(text: string, { known, own }: { known: KnownPerson; own: readonly OwnPattern[] }): string {
  return replaced(text, { by: [...own.map(ownDetector), ...knownDetectors(known), ...USUAL], with: () => LEFT_OUT });
}

/** A mask for the texts of one ticket. */
export function createMask(known: KnownPerson, own: readonly OwnPattern[] = []): Mask {
  const theirs = [...own.map(ownDetector), ...knownDetectors(known)];
  const detectors = [...theirs, ...USUAL];
  const placeholders = new Map<string, string>();
  const values = new Map<string, string>();

  function placeholderFor(kind: string, value: string, text: string): string {
    const key = `${kind}:${value.replaceAll(/\s+/g, ' ').toLowerCase()}`;
    const given = placeholders.get(key);
    if (given !== undefined) return given;
    // Somebody may write what looks like one of ours: theirs keeps its number.
    let number = 1;
    while (values.has(`${kind}_${number}`) || text.includes(`${kind}_${number}`)) number += 1;
    values.set(`${kind}_${number}`, value);
    placeholders.set(key, `[${kind}_${number}]`);
    return `[${kind}_${number}]`;
  }

  const hiddenBefore: Detector = (text) =>
    Array.from(values).flatMap(([placeholder, value]) =>
      placesOf(value, { text, kind: placeholder.replace(/_\d+$/, '') }),
    );

  function hideBy(by: readonly Detector[], text: string): string {
    return replaced(text, { by, with: (kind, value) => placeholderFor(kind, value, text) });
  }

  return {
    hide: (text) => hideBy(detectors, text),
    hideKnown: (text) => hideBy([...theirs, hiddenBefore], text),
    show: (text) =>
      text.replaceAll(/\[?\b([A-Z][A-Z0-9_]*)_(\d+)\b\]?/g, (written, kind: string, number: string) => {
        const value = values.get(`${kind}_${number}`);
        return value === undefined ? written : (SECRETS[kind] ?? value);
      }),
  };
}

/** The text with something else where the detectors find anything. */
function replaced(
  text: string,
  { by, with: substitute }: { by: readonly Detector[]; with: (kind: string, value: string) => string },
): string {
  let [written, at] = ['', 0];
  for (const { kind, start, end } of placesIn(text, by)) {
    written += text.slice(at, start) + substitute(kind, text.slice(start, end));
    at = end;
  }
  return written + text.slice(at);
}

function placesOf(value: string, { text, kind }: { text: string; kind: string }): readonly Found[] {
  return Array.from(text.matchAll(new RegExp(RegExp.escape(value), 'gi'))).map(({ 0: it, index: start }) => ({
    kind,
    start,
    end: start + it.length,
  }));
}

function knownDetectors({ name, email, identities = [] }: KnownPerson): readonly Detector[] {
  const texts = [
    ...(email === null ? [] : [{ kind: 'EMAIL', text: email }]),
    ...identities.map(({ kind, value }) => ({
      kind: kind === 'email' ? 'EMAIL' : kind === 'phone' ? 'PHONE' : 'ID_NUMBER',
      text: value,
    })),
  ];
  return [knownTo([name], texts)];
}

function ownDetector({ name, find }: OwnPattern): Detector {
  const letters = name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^[^A-Z]+|_+$/g, '');
  // A name in other letters says nothing to whoever fills placeholders in.
  const kind = letters === '' ? 'OTHER' : letters;
  return (text) => {
    const found: Found[] = [];
    for (let from = 0; found.length < MOST_OF_ONE;) {
      const place = find(text.slice(from));
      if (place === null || place.end <= place.start) break;
      found.push({ kind, start: from + place.start, end: from + place.end });
      from += place.end;
    }
    return found;
  };
}

/**
 * In the order of the text; of two that overlap, the one that was found first, unless the other is the same and more: a
 * whole name, of which a part is known.
 */
function placesIn(text: string, detectors: readonly Detector[]): readonly Found[] {
  const taken: Found[] = [];
  for (const detector of detectors) {
    for (const found of detector(text)) {
      const met = taken.filter(({ start, end }) => found.start < end && start < found.end);
      if (!met.every(({ kind, start, end }) => kind === found.kind && found.start <= start && end <= found.end))
        continue;
      for (const part of met) taken.splice(taken.indexOf(part), 1);
      taken.push(found);
    }
  }
  return taken.sort((one, other) => one.start - other.start);
}
