import type { Account, CustomerBook } from '../../decide/customers/book.ts';
import { type Identity, identityName, identityOf } from '../../domain/requester.ts';
import { accountAnswers } from '../table-lookups.ts';
import type { Customers } from '../written/customers.ts';

/** What the desk keeps of its customers, laid out to be looked up. */
export function bookOf({ accounts, vips, aliases, accountQuestions, lookups }: Customers): CustomerBook {
  const all = Object.entries(accounts);
  return {
    accounts: new Map(all.map(([name, written]) => [name.toLowerCase(), accountOf(name, written)])),
    byIdentity: claims(all.map(([name, { people }]) => ({ name, of: identitiesIn(people).map(identityName) }))),
    byDomain: claims(all.map(([name, { domains }]) => ({ name, of: domains }))),
    vips: new Set(vips.map(vipName)),
    aliases: new Map(aliases.map(identitiesIn).flatMap((person) => person.map((each) => [identityName(each), person]))),
    questions: accountQuestions,
    lookups: lookups.map(({ name, table, answers }) => {
      const isTable = table !== undefined;
      return {
        name,
        fields: Object.keys(isTable ? accountAnswers(answers) : answers),
        namesAccount: isTable && 'account' in answers,
      };
    }),
  };
}

function accountOf(name: string, { tier, vip, fields }: Customers['accounts'][string]): Account {
  return {
    name,
    fields: { ...fields, name, ...(tier === undefined ? {} : { tier }), ...(vip === undefined ? {} : { vip }) },
  };
}

/** Who claims what, each claim once. */
function claims(all: readonly { name: string; of: readonly string[] }[]): ReadonlyMap<string, readonly string[]> {
  const byClaim = new Map<string, string[]>();
  for (const { name, of } of all) {
    for (const claim of new Set(of)) byClaim.getOrInsertComputed(claim, () => []).push(name);
  }
  return byClaim;
}

function identitiesIn(written: readonly string[]): readonly Identity[] {
  return written.flatMap((each) => identityOf(each) ?? []);
}

/** A domain stands as it is. */
function vipName(written: string): string {
  const identity = identityOf(written);
  return identity === null ? written : identityName(identity);
}
