import type { Request, Response, Router } from 'express';
import express from 'express';
import { noteAct } from '../db/audit.ts';
import { cookieOf, dropCookie, PERSON_COOKIE, SESSION_COOKIE, setCookie, THEME_COOKIE } from './cookies.ts';
import { renderPage, THEMES } from './frame.ts';
import { localPath } from './local-path.ts';
import { requestForm } from './request-form.ts';
import { isFromOwnPage } from './own-origin.ts';
import type { ConsoleParts } from './parts.ts';
import { accessBy, askedFor, passwordsOf } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import { createSignInLimit, type SignInLimit } from './sign-in-limit.ts';
import { signInMain, whoMain } from './sign-in-page.ts';
import type { Door, FormVisit } from './visit.ts';
import { readForm, readQuery } from './wire.ts';

/** A session lives as long as its row; the cookie need not outlive it. */
const SESSION_MILLISECONDS = 14 * 24 * 3_600_000;

/** Longest name that a change can bear. */
const LONGEST_NAME = 80;

/** What the routes below share. */
interface Desk {
  parts: ConsoleParts;
  sessions: Sessions;
  door: Door;
  limit: SignInLimit;
}

/** A request, and where its answer goes. */
interface Exchange {
  request: Request;
  response: Response;
}

/** Signing in and out, and saying who works at this browser. */
export function signInRoutes(parts: ConsoleParts, given: { sessions: Sessions; door: Door }): Router {
  const { door } = given;
  const desk: Desk = { parts, ...given, limit: createSignInLimit(parts.connection.queries) };
  const router = express.Router();

  router.get('/signin', (request, response) => {
    if (door.sessionOf(request) !== null) return response.redirect(303, '/');
    // A link from the start of the program carries the token; it is shown filled in, and sent by hand.
    const secret = readQuery(request.query)('token');
    return showSignIn(desk, { request, response }, { status: 200, trouble: null, secret });
  });
  router.post('/signin', door.parseForm, (request, response) => signIn(desk, { request, response }));
  router.get('/me', (request, response) => askWho(desk, { request, response }));
  router.post(
    '/me',
    door.form((visit) => takeName(desk, visit), { act: 'named', about: ['other', 'person'] }),
  );
  router.post(
    '/signout',
    door.form((visit) => signOut(desk, visit), { act: 'signed_out' }),
  );
  router.post(
    '/theme',
    door.form((visit) => takeTheme(desk, visit)),
  );
  return router;
}

function showSignIn(
  { parts, door }: Desk,
  { request, response }: Exchange,
  { status, trouble, secret }: { status: number; trouble: string | null; secret: string },
): void {
  const frame = door.frameFor(request, null);
  const asksFor = askedFor(parts.secret);
  const next = localPath(readQuery(request.query)('next') || readForm(request.body).get('next'));
  const form = requestForm(parts.config.current().channels);
  const main = signInMain({ deskName: frame.deskName, asksFor, next, trouble, secret, form });
  response
    .status(status)
    .type('html')
    .send(renderPage(frame, { title: 'Sign in', place: null, main }));
}

/** Signs in whoever shows the secret, unless too many have shown something else. */
async function signIn(desk: Desk, exchange: Exchange): Promise<void> {
  const { parts, limit, sessions } = desk;
  const { request, response } = exchange;
  const again = (status: number, trouble: string): void => showSignIn(desk, exchange, { status, trouble, secret: '' });
  if (!isFromOwnPage(request, parts.status.publicAddress))
    return again(403, 'That came from another site. Sign in here.');
  const now = parts.now();
  const address = request.ip ?? 'unknown';
  const wait = await limit.attempt(address, now);
  if (wait > 0) {
    response.set('Retry-After', String(wait));
    return again(429, tooOften(wait));
  }
  const form = readForm(request.body);
  const access = accessBy(form.get('secret').trim(), passwordsOf(parts.secret));
  const person = cookieOf(request, PERSON_COOKIE);
  const entry = { at: now, by: 'console', person, access, target: 'password', address } as const;
  await noteAct(parts.connection.queries, { ...entry, act: access === null ? 'sign_in_refused' : 'signed_in' });
  if (access === null) {
    parts.log.warn({ address }, 'a sign-in was refused');
    return again(401, `That is not the ${askedFor(parts.secret)}.`);
  }
  await limit.succeeded(address);
  const { cookie } = await sessions.begin({ access, person });
  const given = { isSecure: isSecure(desk, request), milliseconds: SESSION_MILLISECONDS };
  setCookie(response, { name: SESSION_COOKIE, value: cookie }, given);
  return response.redirect(303, localPath(form.get('next')));
}

function tooOften(seconds: number): string {
  const wait = seconds < 60 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `Too many attempts. Try again in ${wait}.`;
}

/** Whether the browser reached us over https, by us or by what stands before us. */
function isSecure({ parts }: Desk, request: Request): boolean {
  return request.secure || parts.status.publicAddress?.startsWith('https:') === true;
}

function askWho({ parts, door }: Desk, { request, response }: Exchange): void {
  const session = door.sessionOf(request);
  if (session === null) return response.redirect(303, '/signin');
  const names = parts.config.current().policy.agents.map((agent) => agent.name);
  const main = whoMain({ names, session, next: localPath(readQuery(request.query)('next')) });
  const frame = door.frameFor(request, session.person === null ? null : session);
  response.type('html').send(renderPage(frame, { title: 'Who works here?', place: null, main }));
}

async function takeName(desk: Desk, { request, response, form, session, goTo }: FormVisit): Promise<void> {
  const person = (form.get('other').trim() || form.get('person').trim()).slice(0, LONGEST_NAME);
  if (person === '') return goTo('/me');
  await desk.sessions.setPerson(session.id, person);
  setCookie(response, { name: PERSON_COOKIE, value: person }, { isSecure: isSecure(desk, request) });
  return goTo(localPath(form.get('next')));
}

async function signOut({ sessions }: Desk, { response, session, goTo }: FormVisit): Promise<void> {
  await sessions.end(session.id);
  dropCookie(response, SESSION_COOKIE);
  goTo('/signin');
}

async function takeTheme(desk: Desk, { request, response, form, goTo }: FormVisit): Promise<void> {
  const theme = THEMES.find((each) => each === form.get('theme')) ?? 'auto';
  setCookie(response, { name: THEME_COOKIE, value: theme }, { isSecure: isSecure(desk, request) });
  goTo(localPath(form.get('next')));
}
