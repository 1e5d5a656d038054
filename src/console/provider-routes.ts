import type { Router } from 'express';
import { AuthorizationResponseError } from 'openid-client';
import type { AccessSettings, ProviderSettings } from '../config/access.ts';
import { Problem } from '../domain/problem.ts';
import { cookieOf, dropCookie, LEFT_COOKIE, setCookie } from './cookies.ts';
import { type Entrance, enter, type Exchange, isSecure, mayTry, showSignIn, turnAway } from './enter.ts';
import { grantedTo, nameFrom } from './granted.ts';
import { localPath } from './local-path.ts';
import { createProvider, type Leaving, type Provider } from './provider.ts';
import { reachedAt } from './reached-at.ts';
import { type Claims, readLeft, readQuery } from './wire.ts';

/** Time to find the password at the provider, and the second factor. */
const AWAY_MILLISECONDS = 10 * 60_000;

/** Where the provider sends people back to; whoever sets it up tells it. */
const CALLBACK = '/signin/callback';

const EXPIRED = 'This way in was begun too long ago, or in another browser. Begin once more.';

/** Signing in by the provider that the config names: there, and back. */
export function addProviderRoutes(router: Router, entrance: Entrance): void {
  const providerOf = createProviders(entrance);
  router.get('/signin/provider', (request, response) => leave(entrance, { request, response }, providerOf));
  router.get(CALLBACK, (request, response) => comeBack(entrance, { request, response }, providerOf));
}

/** A provider with what is needed to ask it. */
interface Usable {
  provider: Provider;
  settings: ProviderSettings;
}

/** The provider of the config in force; another is made when that changes. Null where there is none, or no secret for it. */
function createProviders({ parts }: Entrance): () => Usable | null {
  const made: { of: string; usable: Usable | null } = { of: '', usable: null };
  return () => {
    const { provider: settings } = parts.config.current().access;
    const clientSecret = settings?.clientSecret ?? null;
    if (settings === null || clientSecret === null) return null;
    const of = JSON.stringify(settings);
    if (made.of !== of)
      Object.assign(made, {
        of,
        usable: { settings, provider: createProvider({ ...settings, clientSecret }, parts.ask) },
      });
    return made.usable;
  };
}

async function leave(entrance: Entrance, exchange: Exchange, providerOf: () => Usable | null): Promise<void> {
  const { request, response } = exchange;
  const usable = providerOf();
  if (usable === null) return trouble(entrance, exchange, 'Nobody signs in that way here, or its secret is not set.');
  try {
    const { address, leaving } = await usable.provider.leave(callbackOf(entrance, exchange));
    const next = localPath(readQuery(request.query)('next'));
    const left = { ...leaving, next, at: entrance.parts.now().toString() };
    const given = { isSecure: isSecure(entrance, request), milliseconds: AWAY_MILLISECONDS };
    setCookie(response, { name: LEFT_COOKIE, value: JSON.stringify(left) }, given);
    return response.redirect(303, address);
  } catch (error) {
    return failed(entrance, exchange, { error, settings: usable.settings });
  }
}

/** Takes somebody back whom this browser sent, once, and lets them in as far as the config says. */
async function comeBack(entrance: Entrance, exchange: Exchange, providerOf: () => Usable | null): Promise<void> {
  const { request, response } = exchange;
  const usable = providerOf();
  const left = readLeft(cookieOf(request, LEFT_COOKIE));
  dropCookie(response, LEFT_COOKIE);
  const away = left === null ? Infinity : left.at.until(entrance.parts.now()).total('milliseconds');
  if (usable === null || left === null || away > AWAY_MILLISECONDS) return trouble(entrance, exchange, EXPIRED);
  // Each costs the provider a request.
  if (!(await mayTry(entrance, exchange))) return;
  const claims = await claimsOf(usable, { entrance, exchange, left });
  if (claims === null) return;
  const { settings } = usable;
  const { access: rules, policy } = entrance.parts.config.current();
  const person = nameFrom(claims, { nameClaim: settings.nameClaim, agents: policy.agents });
  const access = grantedTo(claims, rules);
  if (access !== null)
    return enter(entrance, exchange, { access, by: 'provider', person, next: left.next, target: settings.title });
  return turnAway(entrance, exchange, {
    person,
    target: settings.title,
    status: 403,
    trouble: notGranted(claims, rules),
  });
}

/** Who came back; null where that was answered already, since the provider or its answer was no good. */
async function claimsOf(
  { provider, settings }: Usable,
  { entrance, exchange, left }: { entrance: Entrance; exchange: Exchange; left: Leaving },
): Promise<Claims | null> {
  const address = new URL(exchange.request.originalUrl, callbackOf(entrance, exchange));
  try {
    return await provider.comeBack(address, left);
  } catch (error) {
    await failed(entrance, exchange, { error, settings });
    return null;
  }
}

function callbackOf({ parts }: Entrance, { request }: Exchange): string {
  return `${reachedAt(request, parts.status.publicAddress)}${CALLBACK}`;
}

function notGranted({ email, email_verified: isVerified = true }: Claims, { provider }: AccessSettings): string {
  const who = email === undefined ? 'You are' : `${email} is`;
  if (!isVerified)
    return `${email ?? 'Your address'} is not verified at ${provider?.title}, so that it counts for nothing here.`;
  return `${who} known to ${provider?.title}, and may not come in here. Ask an admin of this desk for access.`;
}

/** What the way to the provider or its answer came to; what is no such thing goes on as the fault of ours that it is. */
async function failed(
  entrance: Entrance,
  exchange: Exchange,
  { error, settings: { title } }: { error: unknown; settings: ProviderSettings },
): Promise<void> {
  const { parts } = entrance;
  parts.log.warn({ err: error }, 'the provider let nobody in');
  const refused = { person: null, target: title };
  if (error instanceof AuthorizationResponseError) {
    const said = error.error_description ?? error.error;
    return turnAway(entrance, exchange, { ...refused, status: 403, trouble: `${title} did not let you in: ${said}.` });
  }
  if (isUnreachable(error)) {
    const words = `${title} cannot be reached at the moment. Try again, or come in by the password.`;
    return showSignIn(entrance, exchange, { status: 502, trouble: words, secret: '' });
  }
  const words = `What came from ${title} did not hold, so that nobody is let in by it. Begin once more; if it happens again, an admin finds the cause in the log.`;
  return turnAway(entrance, exchange, { ...refused, status: 403, trouble: words });
}

/** Our way out says so with a problem, which the library hands on or wraps. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof Problem) return true;
  return error instanceof Error && error.cause !== undefined && isUnreachable(error.cause);
}

function trouble(entrance: Entrance, exchange: Exchange, words: string): void {
  showSignIn(entrance, exchange, { status: 400, trouble: words, secret: '' });
}
