import { isFreeMail } from '../../decide/customers/free-mail.ts';
import { identityName, identityOf } from '../../domain/requester.ts';
import { fixOfName } from '../finding.ts';
import { FIELD_IN_URL, SECRET_IN_HEADER } from '../lookups.ts';
import type { Path } from '../source.ts';
import { OPEN_FIELDS } from '../../decide/conditions/fields.ts';
import type { Customers } from '../written/customers.ts';
import type { Check, Report, Spot } from './check.ts';

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

/** Fields in the addresses of look-ups, and secrets in their headers. */
export const LOOK_UPS: Check = {
  reads: ['customers.yaml'],
  look({ written: { customers } }, report) {
    customers.lookups.forEach((lookup, index) => {
      const path: Path = ['lookups', index];
      checkUrl(lookup.url, at([...path, 'url']), report);
      for (const [header, text] of Object.entries(lookup.headers)) {
        if (!SECRET_HEADER.test(header) || text.search(SECRET_IN_HEADER) >= 0) continue;
        const fix = 'Put the secret into the environment or into .env, and write env: and its name here.';
        report.error(
          at([...path, 'headers', header]),
          `"${header}" holds a secret, and no secret stands in a file`,
          fix,
        );
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
