import type { Request, Response } from 'express';
import { noteAct } from '../db/audit.ts';
import { cookieOf, PERSON_COOKIE, SESSION_COOKIE, setCookie } from './cookies.ts';
import { renderPage } from './frame.ts';
import { localPath } from './local-path.ts';
import { askedFor } from './openings.ts';
import { requestForm } from './request-form.ts';
import type { ConsoleParts } from './parts.ts';
import type { Session, Sessions } from './sessions.ts';
import type { SignInLimit } from './sign-in-limit.ts';
import { signInMain } from './sign-in-page.ts';
import type { Door } from './visit.ts';
import { readForm, readQuery } from './wire.ts';

/** A session lives as long as its row; the cookie need not outlive it. */
const SESSION_MILLISECONDS = 14 * 24 * 3_600_000;

/** What the ways in share. */
export interface Entrance {
  parts: ConsoleParts;
  sessions: Sessions;
  door: Door;
  limit: SignInLimit;
}

/** A request, and where its answer goes. */
export interface Exchange {
  request: Request;
  response: Response;
}

export function showSignIn(
  { parts, door }: Entrance,
  { request, response }: Exchange,
  { status, trouble, secret }: { status: number; trouble: string | null; secret: string },
): void {
  const { channels, access } = parts.config.current();
  const frame = door.frameFor(request, null);
  const next = localPath(readQuery(request.query)('next') || readForm(request.body).get('next'));
  const main = signInMain({
    deskName: frame.deskName,
    asksFor: askedFor(parts.secret, access),
    provider: access.provider,
    next,
    trouble,
    secret,
    form: requestForm(channels),
  });
  response
    .status(status)
    .type('html')
    .send(renderPage(frame, { title: 'Sign in', place: null, main }));
}

/** Counts an attempt, and sends away whoever has made too many. Says whether it may go on. */
export async function mayTry(entrance: Entrance, exchange: Exchange): Promise<boolean> {
  const { parts, limit } = entrance;
  const wait = await limit.attempt(addressOf(exchange), parts.now());
  if (wait === 0) return true;
  exchange.response.set('Retry-After', String(wait));
  showSignIn(entrance, exchange, { status: 429, trouble: tooOften(wait), secret: '' });
  return false;
}

/** Lets somebody in, and leads them on. */
export async function enter(
  entrance: Entrance,
  exchange: Exchange,
  { next, target, ...visitor }: Pick<Session, 'access' | 'by' | 'person'> & { next: string; target: string },
): Promise<void> {
  const { limit, sessions } = entrance;
  const { response } = exchange;
  const { access, person } = visitor;
  await noteSignIn(entrance, exchange, { act: 'signed_in', access, person, target });
  await limit.succeeded(addressOf(exchange));
  const { cookie } = await sessions.begin(visitor);
  const given = { isSecure: isSecure(entrance, exchange.request), milliseconds: SESSION_MILLISECONDS };
  setCookie(response, { name: SESSION_COOKIE, value: cookie }, given);
  response.redirect(303, localPath(next));
}

/** Notes that somebody was not let in, and says so. */
export async function turnAway(
  entrance: Entrance,
  exchange: Exchange,
  { person, target, status, trouble }: { person: string | null; target: string; status: number; trouble: string },
): Promise<void> {
  await noteSignIn(entrance, exchange, { act: 'sign_in_refused', access: null, person, target });
  entrance.parts.log.warn({ address: addressOf(exchange) }, 'a sign-in was refused');
  showSignIn(entrance, exchange, { status, trouble, secret: '' });
}

function noteSignIn(
  { parts }: Entrance,
  exchange: Exchange,
  noted: Pick<Parameters<typeof noteAct>[1], 'act' | 'access' | 'person' | 'target'>,
): Promise<void> {
  const entry = { ...noted, at: parts.now(), by: 'console', address: addressOf(exchange) } as const;
  return noteAct(parts.connection.queries, entry);
}

/** The name that the browser remembers of the last time; nobody has shown that it is theirs. */
export function nameRemembered({ request }: Exchange): string | null {
  return cookieOf(request, PERSON_COOKIE);
}

/** Whether the browser reached us over https, by us or by what stands before us. */
export function isSecure({ parts }: Pick<Entrance, 'parts'>, request: Request): boolean {
  return request.secure || parts.status.publicAddress?.startsWith('https:') === true;
}

function addressOf({ request }: Exchange): string {
  return request.ip ?? 'unknown';
}

function tooOften(seconds: number): string {
  const wait = seconds < 60 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `Too many attempts. Try again in ${wait}.`;
}
