import express, { type Router } from 'express';
import { readForm, readQuery } from '../console/wire.ts';
import { type Score, SCORES } from '../domain/follow-up.ts';
import type { ProblemDetails } from '../domain/problem.ts';
import type { HttpParts } from './parts.ts';
import { sendPlainPage } from './plain-page.ts';
import { doorOf, type Visit } from './signed-page.ts';
import { LONGEST_COMMENT, surveyPage, thanksPage } from './survey-page.ts';

/** The page on which requesters say how it was. Whoever has its address needs no other key. */
export function surveyRouter(parts: HttpParts): Router {
  const router = express.Router();
  const enter = doorOf(parts, 'survey', { unknown: UNKNOWN, ended: ENDED, tooOften: TOO_OFTEN });
  router.get('/survey/:token', enter(showQuestion));
  router.get('/survey/:token/thanks', enter(showThanks));
  router.post('/survey/:token', express.urlencoded({ extended: false, limit: '64kb' }), enter(takeAnswer));
  return router;
}

function showQuestion({ parts, request, response, address, ticket }: Visit): void {
  const chosen = scoreOf(readQuery(request.query)('score')) ?? ticket.satisfaction;
  const comment = ticket.surveyComment ?? '';
  const { desk } = parts.config.current().policy;
  sendPlainPage(response, surveyPage({ address, desk, ticket, chosen, comment, isMissing: false }));
}

function showThanks({ parts, response, address, ticket }: Visit): void {
  const { desk } = parts.config.current().policy;
  sendPlainPage(response, thanksPage({ address, desk, ticket, score: ticket.satisfaction }));
}

/** The page that follows has an address of its own, so that loading it again sends nothing again. */
async function takeAnswer({ parts, request, response, address, ticket }: Visit): Promise<void> {
  const form = readForm(request.body);
  const score = scoreOf(form.get('score'));
  const comment = form.get('comment').trim().slice(0, LONGEST_COMMENT).toWellFormed();
  if (score === null) {
    const { desk } = parts.config.current().policy;
    const page = surveyPage({ address, desk, ticket, chosen: null, comment, isMissing: true });
    return sendPlainPage(response.status(422), page);
  }
  await parts.rate(ticket.key, { score, comment: comment === '' ? null : comment });
  response.redirect(303, `${address}/thanks`);
}

function scoreOf(written: string): Score | null {
  return SCORES.find((score) => String(score) === written) ?? null;
}

const UNKNOWN: ProblemDetails = {
  code: 'survey.unknown',
  message: 'There is no survey at this address.',
  fix: 'Follow the link of our mail once more, all of it: mail programs break long ones.',
};

const ENDED: ProblemDetails = {
  code: 'survey.ended',
  message: 'This survey has ended.',
  fix: 'Thank you all the same; write to us if there is something to say.',
};

const TOO_OFTEN: ProblemDetails = {
  code: 'survey.too-often',
  message: 'This page was asked for too often.',
  fix: 'Wait a minute, and try again.',
};
