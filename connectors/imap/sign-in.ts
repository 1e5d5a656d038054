import { answeredJson } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { noAccess, noToken } from './problems.ts';
import type { ImapSettings, OAuth } from './settings.ts';
import { TokenAnswer, TokenRefusal } from './wire.ts';

/** A token is renewed so long before it ends: clocks differ, and a mailbox takes a while to open. */
const SPARE_SECONDS = 60;

/** What the mail server is shown. */
type Shown = { pass: string } | { accessToken: string };

/** How we sign in at a mailbox. */
export interface SignIn {
  /** Throws a `Problem` where there is nothing to show. */
  show(): Promise<Shown>;
  /** The server did not take what it was shown last. */
  refused(): void;
}

/** By a password, by a token as it is, or by tokens that are asked for as they end. */
export function createSignIn({ signIn, oauth }: ImapSettings, given: ChannelGiven): SignIn {
  const { access } = given;
  if (oauth !== null) return byTokens(oauth, given);
  return {
    async show() {
      if (access === null) throw noAccess();
      return signIn === 'oauth2' ? { accessToken: access } : { pass: access };
    },
    refused: () => undefined,
  };
}

/** A token is kept until it ends, or is not taken. */
function byTokens(oauth: OAuth, given: ChannelGiven): SignIn {
  let token: { value: string; until: Temporal.Instant } | null = null;
  let refreshToken = given.access;
  return {
    async show() {
      const now = given.now();
      if (token === null || Temporal.Instant.compare(token.until, now) <= 0) {
        const { access_token: value, expires_in: seconds, refresh_token: next } = await ask(oauth, refreshToken, given);
        token = { value, until: now.add({ seconds: Math.max(0, Math.floor(seconds) - SPARE_SECONDS) }) };
        // Some give another each time, and end the one before at some time.
        refreshToken = next === '' ? refreshToken : next;
      }
      return { accessToken: token.value };
    },
    refused: () => void (token = null),
  };
}

/** Asks for a token: in the name of whoever signed in once, or of the app itself. RFC 6749, sections 6 and 4.4. */
async function ask(oauth: OAuth, refreshToken: string | null, given: ChannelGiven): Promise<TokenAnswer> {
  const secret = secretOf(oauth, given);
  if (refreshToken === null && secret === null) throw noAccess();
  const grant =
    refreshToken === null
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'refresh_token', refresh_token: refreshToken };
  const params = new URLSearchParams({
    ...grant,
    client_id: oauth.clientId,
    ...(secret === null ? {} : { client_secret: secret }),
    ...(oauth.scope === null ? {} : { scope: oauth.scope }),
  });
  const { body, status } = await given.ask(oauth.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: Buffer.from(params.toString()),
    // The admin names it as they name the mail server.
    internal: true,
  });
  const said = answeredJson(body);
  const answer = TokenAnswer.safeParse(said);
  if (status === 200 && answer.success) return answer.data;
  const { error, error_description: words } = TokenRefusal.catch({ error: '', error_description: '' }).parse(said);
  throw noToken({ status, reason: [error, words].filter(Boolean).join(': ') });
}

function secretOf({ clientSecret }: OAuth, { environment }: ChannelGiven): string | null {
  return clientSecret === null ? null : environment[clientSecret.slice('env:'.length)] || null;
}
