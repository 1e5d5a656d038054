import type { NextFunction, Request, RequestHandler, Response } from 'express';
import express from 'express';
import type { LoadedConfig } from '../config/live.ts';
import { isInShadow } from '../config/shadow.ts';
import { noteAct } from '../db/audit.ts';
import type { AuditAct } from '../domain/audit.ts';
import { Problem } from '../domain/problem.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Access } from '../kit/access.ts';
import { isOneOf } from '../kit/constant-time.ts';
import type { Assets } from './assets.ts';
import { cookieOf, SESSION_COOKIE, THEME_COOKIE } from './cookies.ts';
import { doneWords } from './done.ts';
import { type Frame, type Page, renderPage, THEMES } from './frame.ts';
import { isFromOwnPage } from './own-origin.ts';
import type { ConsoleParts } from './parts.ts';
import {
  FOREIGN_FORM,
  NOT_FOUND,
  NOT_READABLE,
  OUR_FAULT,
  type Refusal,
  refusalMain,
  SIGNED_OUT,
  TOO_LARGE,
} from './refusal-pages.ts';
import type { Session, Sessions } from './sessions.ts';
import { type Form, readForm, readQuery } from './wire.ts';

/** Room for the longest answer that anybody types. */
const LONGEST_FORM = '1mb';

/** Whose change it is before anybody said who they are. */
const NAMELESS = 'Console';

/** A request by somebody who may be here, and the means to answer it. */
export interface Visit {
  request: Request;
  response: Response;
  session: Session;
  /** The name that changes bear. */
  person: string;
  /** What they may do; what is not for them is not shown. */
  access: Access;
  config: LoadedConfig;
  now: Temporal.Instant;
  /** A part of the address, `/tickets/:number`. */
  part(name: string): string;
  /** The rest of the address, `/docs/*page`. */
  path(name: string): string;
  query(name: string): string;
  show(page: Page): void;
  refuse(refusal: Refusal): void;
  /** To another page, after something was done; `done` is one of the codes of `done.ts`. */
  goTo(address: string, done?: string): void;
}

/** A visit that brings a form, which has been checked to be ours. */
export interface FormVisit extends Visit {
  form: Form;
}

/** What a form does with its ticket, by the name in its address. */
export type Acts = Readonly<Record<string, (visit: FormVisit, ticket: Ticket) => Promise<void>>>;

/** What the audit log says of a form. */
export interface Noted {
  act: AuditAct;
  /** The fields that name what it is about, beside the names in the address. Never one for free text. */
  about?: readonly string[];
}

/** Lets in whoever may come in, and shows everybody else the way. */
export interface Door {
  /** Reads who it is; goes before every page. */
  recognise: RequestHandler;
  page(handler: (visit: Visit) => Promise<void>): RequestHandler;
  /** What changes something else than tickets is noted in the audit log. */
  form(handler: (visit: FormVisit) => Promise<void>, noted?: Noted): RequestHandler[];
  /** A page for everybody, without a visitor. */
  frameFor(request: Request, visitor: Frame['visitor']): Frame;
  parseForm: RequestHandler;
  sessionOf(request: Request): Session | null;
  notFound: RequestHandler;
  refuse(request: Request, response: Response, refusal: Refusal): void;
  /** Answers a request of which a page failed. */
  failed(error: unknown, exchange: { request: Request; response: Response; next: NextFunction }): void;
}

export function createDoor(parts: ConsoleParts, given: { sessions: Sessions; assets: Assets }): Door {
  const known = new WeakMap<Request, Session>();
  const house: House = { parts, assets: given.assets, sessionOf: (request) => known.get(request) ?? null };
  const { sessionOf } = house;
  const parseForm = express.urlencoded({ extended: false, limit: LONGEST_FORM, parameterLimit: 200 });

  return {
    sessionOf,
    parseForm,
    frameFor: (request, visitor) => frameFor(house, request, visitor),
    async recognise(request, _response, next) {
      const cookie = cookieOf(request, SESSION_COOKIE);
      const session = cookie === null ? null : await given.sessions.find(cookie);
      if (session !== null) known.set(request, session);
      next();
    },
    page(handler) {
      return async (request, response) => {
        const session = sessionOf(request);
        if (session === null) return response.redirect(303, withNext('/signin', request));
        const { person } = session;
        if (person === null) return response.redirect(303, withNext('/me', request));
        return handler(visitOf(house, { request, response }, { ...session, person }));
      };
    },
    form: (handler, noted) => [
      parseForm,
      (request, response) => takeForm(house, { request, response }, { handler, noted }),
    ],
    notFound: (request, response) => refuse(house, { request, response }, NOT_FOUND),
    refuse: (request, response, refusal) => refuse(house, { request, response }, refusal),
    failed(error, { request, response, next }) {
      if (response.headersSent) return next(error);
      const refusal = refusalFor(error);
      if (refusal.status === 500) parts.log.error({ err: error, url: request.originalUrl }, 'a page failed');
      return refuse(house, { request, response }, refusal);
    },
  };
}

/** What every answer needs. */
interface House {
  parts: ConsoleParts;
  assets: Assets;
  sessionOf(request: Request): Session | null;
}

/** A request, and where its answer goes. */
interface Exchange {
  request: Request;
  response: Response;
}

function frameFor({ parts, assets }: House, request: Request, visitor: Frame['visitor']): Frame {
  const config = parts.config.current();
  const theme = cookieOf(request, THEME_COOKIE);
  return {
    deskName: config.policy.desk.name,
    visitor,
    theme: THEMES.find((each) => each === theme) ?? 'auto',
    now: parts.now(),
    timeZone: config.policy.desk.timeZone,
    path: request.method === 'GET' ? withoutDone(request.originalUrl) : '/',
    config: { version: config.version, refused: parts.config.refused() },
    shadowUntil: isInShadow(config, parts.now()) ? (config.shadow?.until ?? null) : null,
    done: doneWords(readQuery(request.query)('done')),
    addressOf: assets.addressOf,
  };
}

function refuse(house: House, { request, response }: Exchange, refusal: Refusal): void {
  const frame = { ...frameFor(house, request, house.sessionOf(request)), done: null };
  const page = { title: refusal.title, place: null, main: refusalMain(refusal) };
  response.status(refusal.status).type('html').send(renderPage(frame, page));
}

function visitOf(house: House, exchange: Exchange, session: Session & { person: string }): Visit {
  const { request, response } = exchange;
  const now = house.parts.now();
  return {
    ...exchange,
    session,
    person: session.person,
    access: session.access,
    config: house.parts.config.current(),
    now,
    part: (name) => {
      const value = request.params[name];
      return typeof value === 'string' ? value : '';
    },
    path: (name) => {
      const value: unknown = request.params[name];
      return Array.isArray(value) ? value.join('/') : '';
    },
    query: readQuery(request.query),
    show: (page) => void response.type('html').send(renderPage({ ...frameFor(house, request, session), now }, page)),
    refuse: (refusal) => refuse(house, exchange, refusal),
    goTo: (address, done) => response.redirect(303, done === undefined ? address : withDone(address, done)),
  };
}

/** Takes a form from somebody who is signed in, when a page of theirs sent it. */
async function takeForm(
  house: House,
  exchange: Exchange,
  { handler, noted }: { handler(visit: FormVisit): Promise<void>; noted: Noted | undefined },
): Promise<void> {
  const { request } = exchange;
  const session = house.sessionOf(request);
  const form = readForm(request.body);
  const typed = form.get('text');
  if (session === null) return refuse(house, exchange, { ...SIGNED_OUT, typed });
  const isOurs = isFromOwnPage(request, house.parts.status.publicAddress);
  if (!isOurs || !isOneOf(form.get('_csrf'), [session.csrfToken])) {
    return refuse(house, exchange, { ...FOREIGN_FORM, typed });
  }
  const person = session.person ?? NAMELESS;
  const visit = { ...visitOf(house, exchange, { ...session, person }), form };
  if (noted !== undefined) await note(house, visit, { ...noted, person: session.person });
  return handler(visit);
}

/** Notes that somebody is about to change something. */
async function note(
  { parts }: House,
  { request, form, access, now: at }: FormVisit,
  { act, about = [], person }: Noted & Pick<Session, 'person'>,
): Promise<void> {
  const inAddress = Object.values(request.params).filter((name) => typeof name === 'string');
  const names = [...inAddress, ...about.map((field) => form.get(field).trim())].filter((name) => name !== '');
  const target = names.length === 0 ? null : names.join(', ');
  const address = request.ip ?? null;
  await noteAct(parts.connection.queries, { at, act, by: 'console', person, access, target, address });
}

/** What a person is told of an error: of a problem what it says, of anything else that it is our fault. */
function refusalFor(error: unknown): Refusal {
  if (error instanceof Problem) {
    const status = error.code.endsWith('not-found') ? 404 : 422;
    return { status, title: error.message.replace(/\.$/, ''), sentence: error.fix };
  }
  const status = error !== null && typeof error === 'object' && 'status' in error ? error.status : 500;
  if (status === 413) return TOO_LARGE;
  return typeof status === 'number' && status >= 400 && status < 500 ? NOT_READABLE : OUR_FAULT;
}

/** The sign-in page, which leads back to where somebody wanted to go. */
function withNext(address: string, request: Request): string {
  return request.originalUrl === '/' ? address : `${address}?next=${encodeURIComponent(request.originalUrl)}`;
}

function withDone(address: string, done: string): string {
  const [path = '', anchor] = address.split('#', 2);
  const joined = `${path}${path.includes('?') ? '&' : '?'}done=${done}`;
  return anchor === undefined ? joined : `${joined}#${anchor}`;
}

function withoutDone(address: string): string {
  return address.replace(/([?&])done=[^&]*&?/, '$1').replace(/[?&]$/, '');
}
