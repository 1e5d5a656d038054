import { z } from 'zod';
import { isFreeMail } from '../../decide/customers/free-mail.ts';
import { identityName, identityOf } from '../../domain/requester.ts';
import { fixOfName } from '../finding.ts';
import { FIELD_IN_URL, SECRET_IN_HEADER } from '../lookups.ts';
import type { Path } from '../source.ts';
import { OPEN_FIELDS } from '../../decide/conditions/fields.ts';
import type { Customers } from '../written/customers.ts';
import type { Check, CheckedConfig, Report, Spot } from './check.ts';
import { insistOnTables } from './tables.ts';

/** Fields that can stand in the address of a look-up, beside those that the team names. */
const ASKED_BY: readonly string[] = [
  'requester.email',
  'requester.domain',
  'requester.phone',
  'requester.name',
  'channel',
];

/** Headers in which secrets stand. */
const SECRET_HEADER = /authorization|cookie|token|secret|key/i;

/** What is said of a service, and of no table. */
const FOR_SERVICES = ['url', 'headers', 'timeout', 'cacheFor', 'notFound', 'internal'] as const;

/** Something that belongs to one only, and where it is written. */
interface Claim {
  what: string;
  owner: string;
  spot: Spot;
}

/** Where two accounts claim the same, neither is taken. */
export const CLAIMS_ONCE: Check = {
  reads: ['customers.yaml'],
  look({ written: { customers } }, report) {
    for (const { first, second } of claimedTwice(accountClaims(customers))) {
      const fix = 'Leave it to one of the two, or it tells nothing of whoever writes.';
      report.warning(second.spot, `"${second.what}" is claimed by ${first.owner} and by ${second.owner}`, fix);
    }
    for (const { second } of claimedTwice(aliasClaims(customers))) {
      const fix = 'Put everything of one person into one list.';
      report.error(second.spot, `"${second.what}" stands in two lists, which makes one person of both`, fix);
    }
  },
};

/** Names by which people are asked for must not need their capitals to be told apart. */
export const CUSTOMER_NAMES_ONCE: Check = {
  reads: ['customers.yaml'],
  look({ written: { customers } }, report) {
    const accounts = Object.keys(customers.accounts).map((name) => ({ name, path: ['accounts', name] }));
    const lookups = customers.lookups.map(({ name }, index) => ({ name, path: ['lookups', index, 'name'] }));
    for (const named of [accounts, lookups]) {
      const claims = named.map(({ name, path }) => ({
        what: name.toLowerCase(),
        owner: path.join('.'),
        spot: at(path),
      }));
      for (const { second } of claimedTwice(claims)) {
        report.error(second.spot, `"${second.what}" is there already`, 'Give each a name of its own.');
      }
    }
  },
};

/** Anybody can get an address there, so that the domain tells nothing. */
export const NO_FREE_MAIL: Check = {
  reads: ['customers.yaml'],
  look({ written: { customers } }, report) {
    const ofAccounts = Object.entries(customers.accounts).flatMap(([name, { domains }]) =>
      domains.map((domain, index) => ({ domain, path: ['accounts', name, 'domains', index] })),
    );
    const ofVips = customers.vips.map((domain, index) => ({ domain, path: ['vips', index] }));
    for (const { domain, path } of [...ofAccounts, ...ofVips]) {
      const fix = 'Name the addresses of the people instead.';
      if (isFreeMail(domain)) report.error(at(path), `anybody can get an address of ${domain}`, fix);
    }
  },
};

/** Where look-ups ask, and what they take. */
export const LOOK_UPS: Check = {
  reads: ['customers.yaml', 'desk.yaml'],
  look(config, report) {
    const { written, sources } = config;
    written.customers.lookups.forEach((lookup, index) => {
      const path: Path = ['lookups', index];
      if (lookup.url !== undefined && lookup.table === undefined) checkService(lookup, path, report);
      else if (lookup.table !== undefined) {
        insistOnTables(config, { spot: at([...path, 'table']), instead: 'Let a service be asked at a url', report });
        checkTable(lookup, path, { report, given: keysAt(sources, index) });
      } else {
        const fix = 'Give it a url, or name a table of your base.';
        report.error(at(path), `"${lookup.name}" says neither where to ask nor in which table to look`, fix);
      }
      if (Object.keys(lookup.answers).length > 0 || lookup.samePerson !== undefined) return;
      report.warning(
        at(path),
        `nothing is taken from what "${lookup.name}" answers`,
        'Say under answers what to take.',
      );
    });
  },
};

type LookUp = Customers['lookups'][number];

/** The address with its fields, and secrets in headers. */
function checkService({ name, url = '', match, headers }: LookUp, path: Path, report: Report): void {
  checkUrl(url, at([...path, 'url']), report);
  for (const [header, text] of Object.entries(headers)) {
    if (!SECRET_HEADER.test(header) || text.search(SECRET_IN_HEADER) >= 0) continue;
    const fix = 'Put the secret into the environment or into .env, and write env: and its name here.';
    report.error(at([...path, 'headers', header]), `"${header}" holds a secret, and no secret stands in a file`, fix);
  }
  if (match === undefined) return;
  const fix = 'Take it out: what is asked stands in the url.';
  report.errorAtKey({ ...at(path), key: 'match' }, `"${name}" asks a service, which has no columns`, fix);
}

/** A table is read by itself, and by columns of it people are known. */
function checkTable(
  { name, table = '', match = {}, answers }: LookUp,
  path: Path,
  { report, given }: { report: Report; given: readonly string[] },
): void {
  for (const key of FOR_SERVICES.filter((each) => given.includes(each))) {
    const fix = 'Take it out, or make two look-ups of it.';
    report.errorAtKey({ ...at(path), key }, `"${name}" looks in a table, for which there is no ${key}`, fix);
  }
  if (Object.keys(match).length === 0) {
    const fix = 'Name the column under match, as in match: { email: Email }.';
    report.error(at(path), `no column of "${table}" tells whose row it is`, fix);
  }
  if (answers['account'] !== undefined && answers['name'] !== undefined) {
    const fix = 'Keep account: of a table it is the name of the account.';
    report.errorAtKey({ ...at([...path, 'answers']), key: 'name' }, '"name" is there already, as account', fix);
  }
}

/** The keys that stand in the file, before defaults are filled in. */
function keysAt(sources: CheckedConfig['sources'], index: number): readonly string[] {
  const { success, data } = Keys.safeParse(sources['customers.yaml'].value);
  return success ? Object.keys(data.lookups[index] ?? {}) : [];
}

const Keys = z.object({ lookups: z.array(z.record(z.string(), z.unknown())) });

function checkUrl(url: string, spot: Spot, report: Report): void {
  if (!URL.canParse(url.replaceAll(FIELD_IN_URL, 'x'))) {
    report.error(spot, `"${url}" is not an address of the web`, 'Write it as a browser would.');
  }
  for (const [, field = ''] of url.matchAll(FIELD_IN_URL)) {
    const isTeams = [OPEN_FIELDS.account, OPEN_FIELDS.form].some((start) => field.startsWith(start));
    if (isTeams || ASKED_BY.includes(field)) continue;
    report.error(spot, `"{${field}}" is not a field that can be asked by`, fixOfName(field, ASKED_BY));
  }
}

function accountClaims({ accounts }: Customers): readonly Claim[] {
  return Object.entries(accounts).flatMap(([owner, { domains, people }]) => [
    ...domains.map((what, index) => ({ what, owner, spot: at(['accounts', owner, 'domains', index]) })),
    ...people.map((each, index) => ({ what: plain(each), owner, spot: at(['accounts', owner, 'people', index]) })),
  ]);
}

function aliasClaims({ aliases }: Customers): readonly Claim[] {
  return aliases.flatMap((person, list) =>
    person.map((each, index) => ({ what: plain(each), owner: String(list), spot: at(['aliases', list, index]) })),
  );
}

function plain(written: string): string {
  const identity = identityOf(written);
  return identity === null ? written : identityName(identity);
}

/** Each claim of a second owner, with that of the first. */
function claimedTwice(claims: readonly Claim[]): readonly { first: Claim; second: Claim }[] {
  const firsts = new Map<string, Claim>();
  return claims.flatMap((second) => {
    const first = firsts.getOrInsert(second.what, second);
    return first.owner === second.owner ? [] : [{ first, second }];
  });
}

function at(path: Path): Spot {
  return { file: 'customers.yaml', path };
}
