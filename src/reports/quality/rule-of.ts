import type { EntryKey } from '../playbook/entry.ts';
import { entryOf } from '../playbook/entries.ts';
import type { Finding, Ground } from './check.ts';

/** A rule by its name, and where it stands; one that the config has no more stands nowhere. */
export function ruleOf({ entries }: Pick<Ground, 'entries'>, key: EntryKey): Finding['rule'] {
  return { ...key, place: entryOf(entries, key)?.place ?? null };
}
