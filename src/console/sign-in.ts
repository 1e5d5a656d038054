import type { Router } from 'express';
import express from 'express';
import { dropCookie, PERSON_COOKIE, SESSION_COOKIE, setCookie, THEME_COOKIE } from './cookies.ts';
import {
  type Entrance,
  enter,
  type Exchange,
  isSecure,
  mayTry,
  nameRemembered,
  showSignIn,
  turnAway,
} from './enter.ts';
import { renderPage, THEMES } from './frame.ts';
import { localPath } from './local-path.ts';
import { accessBy, askedFor, openingsOf } from './openings.ts';
import { isFromOwnPage } from './own-origin.ts';
import type { ConsoleParts } from './parts.ts';
import { addProviderRoutes } from './provider-routes.ts';
import { NAME_GIVEN } from './refusal-pages.ts';
import type { Sessions } from './sessions.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import { whoMain } from './sign-in-page.ts';
import type { Door, FormVisit } from './visit.ts';
import { readForm, readQuery } from './wire.ts';

/** Longest name that a change can bear. */
const LONGEST_NAME = 80;

/** Signing in and out, and saying who works at this browser. */
export function signInRoutes(parts: ConsoleParts, given: { sessions: Sessions; door: Door }): Router {
  const { door } = given;
  const entrance: Entrance = { parts, ...given, limit: createSignInLimit(parts.connection.queries) };
  const router = express.Router();

  router.get('/signin', (request, response) => {
    if (door.sessionOf(request) !== null) return response.redirect(303, '/');
    // A link from the start of the program carries the token; it is shown filled in, and sent by hand.
    const secret = readQuery(request.query)('token');
    return showSignIn(entrance, { request, response }, { status: 200, trouble: null, secret });
  });
  router.post('/signin', door.parseForm, (request, response) => signIn(entrance, { request, response }));
  addProviderRoutes(router, entrance);
  router.get('/me', (request, response) => askWho(entrance, { request, response }));
  router.post(
    '/me',
    door.form((visit) => takeName(entrance, visit), { act: 'named', about: ['other', 'person'] }),
  );
  router.post(
    '/signout',
    door.form((visit) => signOut(entrance, visit), { act: 'signed_out' }),
  );
  router.post(
    '/theme',
    door.form((visit) => takeTheme(entrance, visit)),
  );
  return router;
}

/** Signs in whoever shows the secret, unless too many have shown something else. */
async function signIn(entrance: Entrance, exchange: Exchange): Promise<void> {
  const { secret, status, config } = entrance.parts;
  const { request } = exchange;
  if (!isFromOwnPage(request, status.publicAddress)) {
    const trouble = 'That came from another site. Sign in here.';
    return showSignIn(entrance, exchange, { status: 403, trouble, secret: '' });
  }
  if (!(await mayTry(entrance, exchange))) return;
  const { access: settings } = config.current();
  const form = readForm(request.body);
  const access = accessBy(form.get('secret').trim(), openingsOf(secret, settings));
  const came = { person: nameRemembered(exchange), target: 'password' };
  if (access !== null) return enter(entrance, exchange, { ...came, access, by: 'password', next: form.get('next') });
  const trouble = `That is not the ${askedFor(secret, settings)}.`;
  return turnAway(entrance, exchange, { ...came, status: 401, trouble });
}

function askWho({ parts, door }: Entrance, { request, response }: Exchange): void {
  const session = door.sessionOf(request);
  if (session === null) return response.redirect(303, '/signin');
  if (session.by === 'provider') return door.refuse(request, response, NAME_GIVEN);
  const names = parts.config.current().policy.agents.map((agent) => agent.name);
  const main = whoMain({ names, session, next: localPath(readQuery(request.query)('next')) });
  const frame = door.frameFor(request, session.person === null ? null : session);
  response.type('html').send(renderPage(frame, { title: 'Who works here?', place: null, main }));
}

async function takeName(entrance: Entrance, visit: FormVisit): Promise<void> {
  const { request, response, form, session, goTo, refuse } = visit;
  if (session.by === 'provider') return refuse(NAME_GIVEN);
  const person = (form.get('other').trim() || form.get('person').trim()).slice(0, LONGEST_NAME);
  if (person === '') return goTo('/me');
  await entrance.sessions.setPerson(session.id, person);
  setCookie(response, { name: PERSON_COOKIE, value: person }, { isSecure: isSecure(entrance, request) });
  return goTo(localPath(form.get('next')));
}

async function signOut({ sessions }: Entrance, { response, session, goTo }: FormVisit): Promise<void> {
  await sessions.end(session.id);
  dropCookie(response, SESSION_COOKIE);
  goTo('/signin');
}

async function takeTheme(entrance: Entrance, { request, response, form, goTo }: FormVisit): Promise<void> {
  const theme = THEMES.find((each) => each === form.get('theme')) ?? 'auto';
  setCookie(response, { name: THEME_COOKIE, value: theme }, { isSecure: isSecure(entrance, request) });
  goTo(localPath(form.get('next')));
}
