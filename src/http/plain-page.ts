import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Response, type Router } from 'express';
import { html, textOf, type Html } from '../console/markup.ts';

const STYLE = readFileSync(join(import.meta.dirname, 'plain-page.css'), 'utf8');

/** Another style has another address, so browsers may keep this one for good. No channel's name has a dot. */
const STYLE_ADDRESS = `/forms/page-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;

/** A form may lead to the page that its channel redirects to, so where forms go is not limited here. */
const CONTENT_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A page for people from outside: no script, no picture, no sign of the console. */
export interface PlainPage {
  title: string;
  main: Html;
  /** In what it is written; left out, English. */
  locale?: string;
  /** Loads another address, or the same again, after so many seconds. */
  refresh?: { seconds: number; address: string };
}

export function sendPlainPage(response: Response, page: PlainPage): void {
  response
    .set({ 'Content-Security-Policy': CONTENT_POLICY, 'Cache-Control': 'no-store' })
    .type('html')
    .send(textOf(render(page)));
}

/** Serves what plain pages need. */
export function plainPageStyle(): Router {
  const router = express.Router();
  router.get(STYLE_ADDRESS, (_request, response) => {
    response.set('Cache-Control', 'public, max-age=31536000, immutable').type('css').send(STYLE);
  });
  return router;
}

function render({ title, main, locale = 'en', refresh }: PlainPage): Html {
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
      </head>
      <body>
        <main>${main}</main>
      </body>
    </html> `;
}
