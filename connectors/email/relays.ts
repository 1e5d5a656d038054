/** What is special about a relay: it gives mails names of its own. */
export interface Relay {
  /** What a mail bears so that it keeps ours. */
  headers: Readonly<Record<string, string>>;
  /** The name that the receiver will see, out of what the relay said when it took the mail; null where it is ours. */
  nameIn(answer: string): string | null;
  /** Headers that it writes anew, so that no signature of ours may cover them. */
  rewrites: readonly string[];
}

const PLAIN: Relay = { headers: {}, nameIn: () => null, rewrites: [] };

/** https://postmarkapp.com/developer/user-guide/send-email-with-smtp: without the header it makes a Message-ID of its own. */
const POSTMARK: Relay = { ...PLAIN, headers: { 'X-PM-KeepID': 'true' } };

/** https://docs.aws.amazon.com/general/latest/gr/ses.html, with the hosts for FIPS and for IPv6. */
const SES_HOST = /^email-smtp(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/** `250 Ok 0102019d1afd38a6-…-000000`. */
const SES_ANSWER = /^250 Ok ([\w-]{20,100})\s*$/;

/** What stands behind the @ differs in the oldest region. */
const OLDEST_REGION = 'us-east-1';

/** The relay behind a host of `SMTP_URL`. */
export function relayOf(host: string): Relay {
  const name = host.toLowerCase();
  if (/(^|\.)postmarkapp\.com$/.test(name)) return POSTMARK;
  const region = SES_HOST.exec(name)?.[1];
  return region === undefined ? PLAIN : amazonSes(region);
}

/** https://docs.aws.amazon.com/ses/latest/dg/header-fields.html: it overrides Message-ID and Date. */
function amazonSes(region: string): Relay {
  const domain = `${region === OLDEST_REGION ? 'email' : region}.amazonses.com`;
  return {
    headers: {},
    nameIn(answer) {
      const id = SES_ANSWER.exec(answer)?.[1];
      return id === undefined ? null : `<${id}@${domain}>`;
    },
    rewrites: ['message-id', 'date'],
  };
}
