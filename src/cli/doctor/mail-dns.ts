import type { TxtRecord } from '../../ports/notifier.ts';
import { advice, bad, type CheckUp, good, warning } from './check-up.ts';
import type { ResolveTxt } from './dns.ts';

/** What receivers ask the DNS before they believe our mail. `domain` is that of `MAIL_FROM`. */
export async function checkMailDns(
  { domain, records }: { domain: string; records: readonly TxtRecord[] },
  look: ResolveTxt,
): Promise<readonly CheckUp[]> {
  const spf = await look(domain);
  if (spf === null) {
    const message = `The DNS could not be asked what it says of ${domain}.`;
    return [warning('Mail', { message, fix: 'Look again where this machine reaches the DNS.' }), ...records.map(asked)];
  }
  const keys = await Promise.all(records.map(async (record) => keyFound(record, (await look(record.name)) ?? [])));
  return [
    ...keys,
    ...(spf.some(isSpf) ? [] : [noSpf(domain)]),
    ...((await hasDmarc(domain, look)) ? [] : [noDmarc(domain)]),
  ];
}

function asked({ name, text }: TxtRecord): CheckUp {
  return advice('Mail', { message: `Mail is signed; ${name} must be a TXT record.`, fix: text });
}

function keyFound({ name, text }: TxtRecord, found: readonly string[]): CheckUp {
  if (found.some((each) => keyIn(each) === keyIn(text)))
    return good('Mail', `Mail is signed, and ${name} has the key.`);
  if (found.length === 0) {
    const message = `Mail is signed, and the DNS has no ${name}: whoever checks the signature finds no key.`;
    return bad('Mail', { message, fix: `Add it as a TXT record: ${text}` });
  }
  const message = `Mail is signed with another key than the one at ${name}: whoever checks it takes it for forged.`;
  return bad('Mail', { message, fix: `Make the TXT record say: ${text}` });
}

/** The one tag of a record that differs between keys. Some panels break it into pieces. */
function keyIn(record: string): string {
  return /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replaceAll(/\s/g, '') ?? '';
}

function isSpf(text: string): boolean {
  return /^v=spf1(?:\s|$)/i.test(text);
}

function noSpf(domain: string): CheckUp {
  const message = `${domain} says nothing of who may send its mail (SPF), so that receivers trust it less.`;
  return advice('Mail', {
    message,
    fix: 'Add the TXT record that your mail provider gives, as "v=spf1 include:… ~all".',
  });
}

/** A domain goes by what those above it say, RFC 7489 section 6.6.3; the topmost belongs to nobody. */
async function hasDmarc(domain: string, look: ResolveTxt): Promise<boolean> {
  const labels = domain.split('.');
  const above = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
  for (const each of above) {
    if (((await look(`_dmarc.${each}`)) ?? []).some((text) => /^v=DMARC1\b/i.test(text))) return true;
  }
  return false;
}

function noDmarc(domain: string): CheckUp {
  const message = `${domain} says nothing of mail that is not from it (DMARC); large providers ask for it.`;
  return advice('Mail', {
    message,
    fix: `Add a TXT record _dmarc.${domain}: v=DMARC1; p=none; rua=mailto:you@${domain}`,
  });
}
