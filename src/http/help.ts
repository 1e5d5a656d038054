import express, { type Request, type Response, type Router } from 'express';
import { readForm } from '../console/wire.ts';
import { html, type Html, textOf } from '../console/markup.ts';
import { countArticleUse } from '../db/article-uses.ts';
import type { Article } from '../decide/policy.ts';
import type { ProblemDetails } from '../domain/problem.ts';
import { sendProblem } from './errors.ts';
import { articlePage, helpPage, suggestedArticles } from './help-page.ts';
import type { Helping } from './helping.ts';
import type { HttpParts } from './parts.ts';
import { sendPlainPage } from './plain-page.ts';

/** A form that is sent by mistake with a long request in it is taken all the same. */
const LONGEST_FORM = '256kb';

/** A visit of somebody who may look. */
interface Visit extends HttpParts {
  helping: Helping;
  request: Request;
  response: Response;
  shelf: readonly Article[];
}

/**
 * The approved articles, for everybody, and those that fit what somebody is typing. What is typed comes in bodies, as
 * addresses stand in logs; it is looked up and let go.
 */
export function helpRouter(parts: HttpParts, helping: Helping): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: LONGEST_FORM });
  const open = (show: (visit: Visit) => void | Promise<void>) => (request: Request, response: Response) => {
    const shelf = helping.shelf();
    if (shelf === null) return sendProblem({ request, response, status: 404 }, NO_HELP);
    if (!helping.isWelcome(request, response)) return sendProblem({ request, response, status: 429 }, TOO_OFTEN);
    return show({ ...parts, helping, request, response, shelf });
  };
  router.get('/help', open(showAll));
  router.post('/help', form, open(showFound));
  router.post('/help/suggest', form, open(suggest));
  router.get('/help/:name', open(showArticle));
  router.post('/help/:name/answered', form, open(takeAnswered));
  return router;
}

function showAll(visit: Visit): void {
  const { config, helping, request, response, shelf } = visit;
  const language = helping.languageOf(request);
  const usual = config.current().policy.desk.language;
  const articles = shelf.filter((article) => (article.language ?? usual) === language);
  const languages = helping.languages().filter((each) => each !== language);
  sendPlainPage(response, helpPage({ ...around(visit), articles, asked: null, languages }));
}

function showFound(visit: Visit): void {
  const { helping, request, response } = visit;
  const asked = readForm(request.body).get('text').trim();
  sendPlainPage(response, helpPage({ ...around(visit), articles: helping.fitting(asked), asked, languages: [] }));
}

function suggest({ helping, request, response }: Visit): void {
  const articles = helping.fitting(readForm(request.body).get('text'));
  sendPart(response, suggestedArticles(articles, helping.words(request)));
}

async function showArticle(visit: Visit): Promise<void> {
  const { request, response } = visit;
  const article = articleOf(visit);
  if (article === null) return sendProblem({ request, response, status: 404 }, NO_ARTICLE);
  const isAnswered = request.query['answered'] === '1';
  if (!isAnswered) await count(visit, article, 'opened');
  sendPlainPage(response, articlePage({ ...around(visit), article, isAnswered }));
}

async function takeAnswered(visit: Visit): Promise<void> {
  const { helping, request, response } = visit;
  const article = articleOf(visit);
  if (article === null) return sendProblem({ request, response, status: 404 }, NO_ARTICLE);
  await count(visit, article, 'answered');
  const words = helping.words(request);
  if (readForm(request.body).get('part') === 'yes') return sendPart(response, thanks(words.thanks));
  response.redirect(303, `/help/${encodeURIComponent(article.name)}?answered=1&lang=${words.locale}`);
}

function articleOf({ request, shelf }: Visit): Article | null {
  return shelf.find(({ name }) => name === request.params['name']) ?? null;
}

function around({ helping, request, inbox, config }: Visit) {
  const { desk } = config.current().policy;
  return { deskName: desk.name, words: helping.words(request), askAt: formOf({ inbox, config }) };
}

/** A page is shown although it could not be counted. */
async function count(
  { connection, now, log }: HttpParts,
  { name }: Article,
  use: 'opened' | 'answered',
): Promise<void> {
  try {
    await countArticleUse(connection.queries, { article: name, at: now(), use });
  } catch (err) {
    log.warn({ err }, 'the use of an article could not be counted');
  }
}

/** The first form of ours on which somebody can ask now; null where there is none. */
function formOf({ inbox, config }: Pick<HttpParts, 'inbox' | 'config'>): string | null {
  const names = Object.keys(config.current().channels);
  const found = names.find((name) => {
    const form = inbox.requestForm(name);
    return form !== null && form !== 'closed';
  });
  return found === undefined ? null : `/forms/${encodeURIComponent(found)}`;
}

/** A part of a page, for the script of ours that asked for it. */
function sendPart(response: Response, part: Html | null): void {
  const policy = "default-src 'none'; frame-ancestors 'none'";
  response.set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' }).type('html');
  response.send(part === null ? '' : textOf(part));
}

function thanks(words: string): Html {
  return html`<p class="sent" role="status">${words}</p>`;
}

const NO_HELP: ProblemDetails = {
  code: 'help.closed',
  message: 'There is no help page here.',
  fix: 'Whoever runs this desk opens it with helpPage in knowledge.yaml.',
};

const NO_ARTICLE: ProblemDetails = {
  code: 'help.unknown',
  message: 'There is no article at this address.',
  fix: 'Look for it on /help: it may have another address by now, or be gone.',
};

export const TOO_OFTEN: ProblemDetails = {
  code: 'help.too-often',
  message: 'This page was asked for too often.',
  fix: 'Wait a minute, and try again.',
};
