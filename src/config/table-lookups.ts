import type { Condition } from '../decide/condition.ts';
import { compileCondition, type Names } from './policy/condition.ts';
import type { WantedTable } from '../ports/store-tables.ts';
import type { Customers } from './written/customers.ts';

/** What a column of a table can tell people by. */
export type MatchedBy = 'email' | 'domain' | 'phone' | 'chat';

/** A table of the base in which people are looked up. */
export interface TableLookUp {
  name: string;
  /** Its name in the base, or its id. */
  table: string;
  /** Which tickets are looked up. */
  when: Condition;
  /** Titles of the columns by which a person is known. */
  match: Readonly<Partial<Record<MatchedBy, string>>>;
  /** Name of a field of the account → title of the column. */
  answers: Readonly<Record<string, string>>;
  /** Title of the column with other addresses of the person; null when the table has none. */
  samePerson: string | null;
}

export function tableLookUpsOf({ lookups }: Customers, names: Names): readonly TableLookUp[] {
  return lookups.flatMap(({ name, table, when, match = {}, answers, samePerson }) => {
    if (table === undefined) return [];
    const given = { answers: accountAnswers(answers), samePerson: samePerson ?? null };
    return [{ name, table, when: compileCondition(when, names), match: titlesIn(match), ...given }];
  });
}

/** Of a table `account` is the name of an account, as it is of those that are kept by hand. */
export function accountAnswers(answers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(answers).map(([field, title]) => [field === 'account' ? 'name' : field, title]),
  );
}

/**
 * The tables in which these look, with the columns of each. All are needed: without the column of VIPs nobody would be
 * one any more, so that rather the last copy counts until it is back.
 */
export function lookUpTables(lookUps: readonly TableLookUp[]): readonly WantedTable[] {
  return lookUps.map(({ name, table, match, answers, samePerson }) => {
    const titles = [...Object.values(match), ...Object.values(answers), ...(samePerson === null ? [] : [samePerson])];
    return {
      table,
      columns: titles.map((title) => ({ title, isNeeded: true, isTicked: false })),
      usedFor: `The look-up "${name}" of customers.yaml reads it.`,
      guide: 'docs/customers.md',
    };
  });
}

function titlesIn(match: Readonly<Partial<Record<MatchedBy, string | undefined>>>): TableLookUp['match'] {
  const { email, domain, phone, chat } = match;
  return {
    ...(email !== undefined && { email }),
    ...(domain !== undefined && { domain }),
    ...(phone !== undefined && { phone }),
    ...(chat !== undefined && { chat }),
  };
}
