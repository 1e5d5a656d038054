import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Response, type Router } from 'express';
import { html, textOf, type Html } from '../console/markup.ts';

const STYLE = readFileSync(join(import.meta.dirname, 'plain-page.css'), 'utf8');
const SUGGEST = readFileSync(join(import.meta.dirname, 'assets/suggest.js'), 'utf8');

/** Other content has another address, so browsers may keep it for good. No channel's name has a dot. */
const STYLE_ADDRESS = `/forms/page-${hashOf(STYLE)}.css`;
const SUGGEST_ADDRESS = `/forms/suggest-${hashOf(SUGGEST)}.js`;

/** A form may lead to the page that its channel redirects to, so where forms go is not limited here. */
const CONTENT_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What a page may do besides on which articles are suggested. */
const SUGGESTING_POLICY = `${CONTENT_POLICY}; script-src 'self'; connect-src 'self'`;

/** A page for people from outside: no picture, no sign of the console, and no script but where articles are suggested. */
export interface PlainPage {
  title: string;
  main: Html;
  /** In what it is written; left out, English. */
  locale?: string;
  /** Loads another address, or the same again, after so many seconds. */
  refresh?: { seconds: number; address: string };
  /** Suggests articles while somebody writes into a form that says `data-suggest`. */
  isSuggesting?: boolean;
}

export function sendPlainPage(response: Response, page: PlainPage): void {
  response
    .set({
      'Content-Security-Policy': page.isSuggesting === true ? SUGGESTING_POLICY : CONTENT_POLICY,
      'Cache-Control': 'no-store',
    })
    .type('html')
    .send(textOf(render(page)));
}

/** So long browsers keep what never changes under its address. */
const KEPT = 'public, max-age=31536000, immutable';

/** Serves what plain pages need. */
export function plainPageStyle(): Router {
  const router = express.Router();
  router.get(STYLE_ADDRESS, (_request, response) => {
    response.set('Cache-Control', KEPT).type('css').send(STYLE);
  });
  router.get(SUGGEST_ADDRESS, (_request, response) => {
    response.set('Cache-Control', KEPT).type('js').send(SUGGEST);
  });
  return router;
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

function render({ title, main, locale = 'en', refresh, isSuggesting = false }: PlainPage): Html {
  const again = refresh && html`<meta http-equiv="refresh" content="${refresh.seconds};url=${refresh.address}" />`;
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        ${again}
        <title>${title}</title>
        <link rel="stylesheet" href="${STYLE_ADDRESS}" />
        ${isSuggesting ? html`<script src="${SUGGEST_ADDRESS}" defer></script>` : null}
      </head>
      <body>
        <main>${main}</main>
      </body>
    </html> `;
}
