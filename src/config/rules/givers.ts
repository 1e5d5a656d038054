import { OPEN_FIELDS } from '../../decide/conditions/fields.ts';
import { fixOfName } from '../finding.ts';
import type { CheckedConfig } from './check.ts';

/** Families of channels that bring a text alone, and no answers to questions. */
const TEXT_ALONE: ReadonlySet<string> = new Set(['chats', 'mail']);

/** What is known of accounts, by names in small letters: the values that there can be, or null for any. */
type AccountValues = ReadonlyMap<string, readonly string[] | null>;

/** Where what stands in fields comes from, as far as the config decides it. */
export interface Givers {
  /** Why there is never anything in a field; null where there can be. */
  nothingIn(field: string): { message: string; fix: string } | null;
  /** All values that a field can have; null where it can have any. */
  valuesOf(field: string): readonly string[] | null;
}

/** Who gives what to fields that are empty otherwise. */
export function giversOf(config: CheckedConfig): Givers {
  const account = accountValues(config);
  const form = formFields(config);
  const { written, policy } = config;
  return {
    nothingIn(field) {
      if (field.startsWith('reading.') && policy.triage.model === null) {
        const fix = 'Name one under model: in triage.yaml, or take this out.';
        return { message: `no language model is named, so that there is never anything in ${field}`, fix };
      }
      if (field === 'satisfaction' && written.followUp.survey === undefined) {
        const fix = 'Switch it on under survey: in follow-up.yaml, or take this out.';
        return { message: 'no survey is sent, so that there is never anything in satisfaction', fix };
      }
      return field.startsWith(OPEN_FIELDS.form) ? missingAnswer(field, form) : missingOfAccount(field, account);
    },
    valuesOf(field) {
      if (field === 'tags') return policy.triage.tags;
      const part = accountPart(field);
      return part === null ? null : (account.get(part.toLowerCase()) ?? null);
    },
  };
}

/** The part of the account that a field is about; null of another field. */
function accountPart(field: string): string | null {
  if (field === 'requester.tier') return 'tier';
  return field.startsWith(OPEN_FIELDS.account) ? field.slice(OPEN_FIELDS.account.length) : null;
}

function missingOfAccount(field: string, account: AccountValues): { message: string; fix: string } | null {
  const part = accountPart(field);
  if (part === null || account.has(part.toLowerCase())) return null;
  const message = `nothing tells ${field}: no account in customers.yaml has it, and neither a look-up nor a channel`;
  return {
    message,
    fix: account.size === 0 ? 'Say it in customers.yaml, or take this out.' : fixOfName(part, [...account.keys()]),
  };
}

function missingAnswer(field: string, form: readonly string[] | null): { message: string; fix: string } | null {
  const name = field.slice(OPEN_FIELDS.form.length);
  if (form === null || form.some((each) => each.toLowerCase() === name.toLowerCase())) return null;
  const message = `nothing gives ${field}: no channel is a form, and intake.yaml neither asks for it nor draws it out`;
  const fix =
    form.length === 0 ? 'Draw it out under extract: in intake.yaml, or take this out.' : fixOfName(name, form);
  return { message, fix };
}

/** Names of the fields that something fills; null where a form of somebody's may give any, and while there is no channel. */
function formFields({ written, connectors, policy }: CheckedConfig): readonly string[] | null {
  const families = Object.values(written.channels.channels).map(({ kind }) => connectors[kind]?.setUp?.family);
  if (families.length === 0 || !families.every((family) => family !== undefined && TEXT_ALONE.has(family))) return null;
  const { extract, clarify } = policy.intake;
  const asked = clarify.flatMap(({ ask }) => ask.map(({ field }) => field));
  const isRead = policy.triage.model?.takes.includes('product') === true;
  return [...new Set([...extract.map(({ field }) => field), ...asked, ...(isRead ? ['product'] : [])])];
}

function accountValues({ written, policy }: CheckedConfig): AccountValues {
  const { accounts, vips, lookups } = policy.customers;
  const found = new Map<string, readonly string[] | null>();
  const known = [...accounts.values()].flatMap(({ fields }) => Object.entries(fields));
  for (const [name, value] of vips.size > 0 ? [...known, ['vip', true] as const] : known) {
    found.set(name.toLowerCase(), [...(found.get(name.toLowerCase()) ?? []), String(value)]);
  }
  const said = Object.values(written.channels.channels).flatMap(({ settings }) => Object.keys(accountIn(settings)));
  const lookedUp = lookups.flatMap(({ fields, namesAccount }) => (namesAccount ? [...fields, 'name'] : fields));
  for (const name of [...said, ...lookedUp]) found.set(name.toLowerCase(), null);
  return found;
}

/** What the senders of a channel know of accounts, where its kind can be told. */
function accountIn(settings: unknown): object {
  const account = typeof settings === 'object' && settings !== null && 'account' in settings ? settings.account : null;
  return typeof account === 'object' && account !== null ? account : {};
}
