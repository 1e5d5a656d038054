import type { Finding } from '../config/live.ts';
import { type Access, isEnough } from '../kit/access.ts';
import type { AssetName } from './assets.ts';
import { icon, type Icon } from './icons.ts';
import { hiddenFields } from './form-parts.ts';
import { html, textOf, type Fill, type Html } from './markup.ts';
import type { Session } from './sessions.ts';
import { initialsOf } from './words.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What every page shows around its own content. */
export interface Frame {
  deskName: string;
  /** Null on pages that anybody may see. */
  visitor: Pick<Session, 'person' | 'access' | 'by' | 'csrfToken'> | null;
  theme: Theme;
  now: Temporal.Instant;
  timeZone: string;
  /** Address of this page, to come back to. */
  path: string;
  /** The version of the config that is in force, and what is wrong with the one on disk. */
  config: { version: string; refused: readonly Finding[] | null };
  /** Until when the desk only looks on; null where it acts. */
  shadowUntil: Temporal.Instant | null;
  /** What was just done, in a sentence; null when nothing was. */
  done: string | null;
  addressOf(asset: AssetName): string;
}

/** What a page adds. */
export interface Page {
  title: string;
  /** Which of the main pages this one belongs to. */
  place: 'queue' | 'review' | 'new' | 'team' | 'knowledge' | 'reports' | 'health' | null;
  main: Fill;
  /** Typed into the search box before. */
  search?: string;
  /** Without a script, the page asks for itself again after so long. */
  refreshSeconds?: number;
}

interface Place {
  place: Page['place'];
  address: string;
  name: string;
  icon: Icon;
  /** The least that somebody must be who finds the way there; left out, everybody does. */
  least?: Access;
}

const PLACES: readonly Place[] = [
  { place: 'queue', address: '/', name: 'Queue', icon: 'inbox' },
  { place: 'review', address: '/review', name: 'Review', icon: 'eye', least: 'agent' },
  { place: 'new', address: '/tickets/new', name: 'New ticket', icon: 'plus', least: 'agent' },
  { place: 'team', address: '/team', name: 'Team', icon: 'person' },
  { place: 'knowledge', address: '/knowledge', name: 'Knowledge', icon: 'book' },
  { place: 'reports', address: '/reports', name: 'Reports', icon: 'chart' },
  { place: 'health', address: '/health', name: 'Health', icon: 'pulse' },
];

const ACCESS_WORDS: Readonly<Record<Access, string>> = {
  viewer: ', as a viewer: you read, and change nothing',
  agent: ', as an agent: you work tickets, and set nothing up',
  admin: '',
};

const THEME_WORDS: Readonly<Record<Theme, { name: string; icon: Icon }>> = {
  auto: { name: 'As the system', icon: 'screen' },
  light: { name: 'Light', icon: 'sun' },
  dark: { name: 'Dark', icon: 'moon' },
};

/** What a page's script must know of the moment, and what the browser needs to draw it. */
export function renderPage(frame: Frame, page: Page): string {
  const { theme, addressOf } = frame;
  return textOf(
    html`<!doctype html>
<html lang="en" data-now="${frame.now.toString()}"${theme === 'auto' ? null : html` data-bs-theme="${theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${theme === 'auto' ? 'light dark' : theme}">
<meta name="robots" content="noindex">
${page.refreshSeconds === undefined ? null : html`<noscript><meta http-equiv="refresh" content="${page.refreshSeconds}" /></noscript>`}
<title>${page.title} · ${frame.deskName}</title>
<link rel="icon" href="${addressOf('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${addressOf('typeface.css')}">
<link rel="stylesheet" href="${addressOf('tabler.css')}">
<link rel="stylesheet" href="${addressOf('console.css')}">
<link rel="stylesheet" href="${addressOf('reports.css')}">
<script src="${addressOf('console.js')}" defer></script>
</head>
<body${frame.visitor === null ? html` class="td-outside"` : null}>
<a class="td-skip" href="#main">To the content</a>
${frame.visitor === null ? null : header(frame, page)}
${frame.visitor === null ? null : refusedBanner(frame.config)}
${frame.visitor === null ? null : shadowBanner(frame)}
<main id="main" class="td-main" tabindex="-1">
${frame.done === null ? null : doneNotice(frame.done)}
${page.main}
</main>
${frame.visitor === null ? null : helpDialog(frame.visitor.access)}
</body>
</html>
`,
  );
}

function header(frame: Frame, page: Page): Html {
  return html`<header class="td-header">
    <a class="td-brand" href="/">${brandMark()}<span>${frame.deskName}</span></a>
    <nav class="td-nav" aria-label="Main">${placesFor(frame).map((place) => placeLink(place, page.place))}</nav>
    <form class="td-search" role="search" action="/" method="get">
      <input type="hidden" name="status" value="all" />
      <label class="visually-hidden" for="search">Search tickets</label>
      ${icon('search')}<input
        class="form-control"
        id="search"
        name="q"
        type="search"
        value="${page.search}"
        placeholder="Search number, words, address"
        autocomplete="off"
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
    ${personMenu(frame)}
  </header>`;
}

/** The mark of the product: a ticket with its notches, seen as a row of a table. */
export function brandMark(): Html {
  return html`<svg class="td-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="8" fill="currentColor" />
    <path d="M7 10.5h18v3.2a2.4 2.4 0 0 0 0 4.6v3.2H7v-3.2a2.4 2.4 0 0 0 0-4.6z" fill="#fff" />
    <path d="M14 10.5v11" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2 1.6" />
  </svg>`;
}

function placesFor({ visitor }: Frame): readonly Place[] {
  return PLACES.filter(({ least = 'viewer' }) => isEnough(visitor?.access ?? 'viewer', least));
}

function placeLink({ place, address, name, icon: drawing }: Place, here: Page['place']): Html {
  return html`<a href="${address}" ${place === here ? html` aria-current="page"` : null}
    >${icon(drawing)}<span>${name}</span></a
  >`;
}

function personMenu({ visitor, theme, path }: Frame): Html | null {
  if (visitor === null) return null;
  const person = visitor.person ?? 'Nobody yet';
  return html`<details class="td-menu">
    <summary aria-label="${person}: menu">
      <span class="avatar avatar-sm" aria-hidden="true">${initialsOf(person)}</span
      ><span class="td-menu-name">${person}${accessMark(visitor.access)}</span>${icon('down')}
    </summary>
    <div class="td-menu-sheet">
      <p class="td-menu-who">Working as <strong>${person}</strong>${ACCESS_WORDS[visitor.access]}</p>
      ${visitor.by === 'provider' ? null : html`<a class="dropdown-item" href="/me?next=${encodeURIComponent(path)}">${icon('person')}Somebody else works here</a>`}
      ${isEnough(visitor.access, 'admin') ? html`<a class="dropdown-item" href="/audit">${icon('eye')}Audit log</a>` : null}
      <button class="dropdown-item" type="button" data-help hidden>
        ${icon('keyboard')}Keyboard shortcuts<kbd>?</kbd>
      </button>
      <form method="post" action="/theme" class="td-theme" data-theme-form>
        ${hiddenFields({ _csrf: visitor.csrfToken, next: path })} <span id="theme-name">Colours</span
        ><span class="btn-group" role="group" aria-labelledby="theme-name"
          >${THEMES.map((each) => themeButton(each, theme))}</span
        >
      </form>
      <form method="post" action="/signout">
        ${hiddenFields({ _csrf: visitor.csrfToken })}<button class="dropdown-item" type="submit">
          ${icon('leave')}Sign out
        </button>
      </form>
    </div>
  </details>`;
}

/** Who may do everything needs no reminder. */
function accessMark(access: Access): Html | null {
  return access === 'admin' ? null : html` <small>${access}</small>`;
}

function themeButton(each: Theme, theme: Theme): Html {
  const { name, icon: drawing } = THEME_WORDS[each];
  return html`<button
    class="btn btn-icon btn-sm"
    type="submit"
    name="theme"
    value="${each}"
    title="${name}"
    aria-label="${name}"
    aria-pressed="${each === theme ? 'true' : 'false'}"
  >
    ${icon(drawing)}
  </button>`;
}

function refusedBanner({ refused, version }: Frame['config']): Html | null {
  const first = refused?.find((finding) => finding.severity === 'error') ?? refused?.[0];
  if (first === undefined) return null;
  return html`<div class="td-banner" role="alert">
    ${icon('alert')}
    <p>
      <strong>The config on disk has an error; version ${version.slice(0, 8)} stays in force.</strong>
      <span class="td-place">${first.file}:${first.line}:${first.column}</span> ${first.message}
      <a href="/health#config">See all and how to mend it</a>
    </p>
  </div>`;
}

function shadowBanner({ shadowUntil, timeZone }: Frame): Html | null {
  if (shadowUntil === null) return null;
  const day = shadowUntil.toZonedDateTimeISO(timeZone).toPlainDate();
  return html`<div class="td-banner td-banner-calm" role="status">
    ${icon('eye')}
    <p>
      <strong
        >In shadow until ${day.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })}.</strong
      >
      The desk decides and writes down what it would do; nothing is sent, and rows are left to people.
      <a href="/reports/value">See how it compares</a>
    </p>
  </div>`;
}

function doneNotice(sentence: string): Html {
  return html`<p class="td-done" role="status">${icon('check')}${sentence}</p>`;
}

/** The keys, what each does, and the least that somebody must be to whom it does anything; left out, anybody. */
const SHORTCUTS: readonly (readonly [keys: string, meaning: string, least?: Access])[] = [
  ['j', 'Next ticket of the list'],
  ['k', 'Ticket before'],
  ['Enter', 'Open the chosen ticket'],
  ['/', 'Search'],
  ['r', 'Reply (on a ticket)', 'agent'],
  ['m', 'Write a note (on a ticket)', 'agent'],
  ['a', 'Take the ticket', 'agent'],
  ['h', 'Hand it off', 'agent'],
  ['n', 'New ticket', 'agent'],
  ['g q', 'Go to the queue'],
  ['g r', 'Go to the review', 'agent'],
  ['g t', 'Go to the team'],
  ['g k', 'Go to knowledge'],
  ['g p', 'Go to reports'],
  ['g b', 'Go to the playbook'],
  ['g h', 'Go to health'],
  ['1 2 3', 'Choose a guess (in the review; letters choose other categories)', 'agent'],
  ['s', 'Skip (in the review)', 'agent'],
  ['u', 'Undo (in the review)', 'agent'],
  ['Ctrl Enter', 'Send what you are writing', 'agent'],
  ['?', 'This list'],
];

function helpDialog(access: Access): Html {
  const shortcuts = SHORTCUTS.filter(([, , least = 'viewer']) => isEnough(access, least));
  return html`<dialog id="help" class="td-dialog" aria-labelledby="help-title">
    <form method="dialog">
      <h2 id="help-title">Keyboard shortcuts</h2>
      <button class="btn-close" aria-label="Close"></button>
    </form>
    <dl>
      ${shortcuts.map(
        ([keys, meaning]) =>
          html`<div>
            <dt>${keys.split(' ').map((key) => html`<kbd>${key}</kbd> `)}</dt>
            <dd>${meaning}</dd>
          </div>`,
      )}
    </dl>
  </dialog>`;
}
