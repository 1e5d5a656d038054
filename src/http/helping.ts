import type { Request, Response } from 'express';
import type { Article } from '../decide/policy.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import type { LiveConfig } from '../config/live.ts';
import { createRateLimit, type RateLimit } from '../inbox/rate-limit.ts';
import type { Now } from '../ports/now.ts';
import { type HelpWords, helpWords } from './help-words.ts';

/** More are a list. */
const MOST_SUGGESTED = 3;

/** So much of what was typed is looked up. */
const LONGEST_TEXT = 2000;

/** Looks and words a minute from one address: somebody who types a long text makes some twenty. */
const PER_VISITOR = 40;

/** From all together: a page with these is worth no more of our time. */
const FROM_ALL = 1200;

/** Whoever came before is forgotten, so that the list of visitors does not grow for ever. */
const REMEMBERED = { minutes: 10 };

/** What helps before there is a ticket: approved articles and nothing else. Keeps nothing of what was typed. */
export interface Helping {
  /** The approved articles; null where the desk shows none. */
  shelf(): readonly Article[] | null;
  /** The few that fit a text best. */
  fitting(text: string): readonly Article[];
  /** In what a visitor reads: what the address says, else what the browser asks for, as far as there are articles in it. */
  languageOf(request: Request): string;
  languages(): readonly string[];
  words(request: Request): HelpWords;
  /** Whether this visitor may ask once more; answers it where not. */
  isWelcome(request: Request, response: Response): boolean;
}

interface HelpingParts {
  config: Pick<LiveConfig, 'current'>;
  findArticles: FindArticles;
  now: Now;
}

export function createHelping({ config, findArticles, now }: HelpingParts): Helping {
  let limit: { rate: RateLimit; since: Temporal.Instant } | null = null;
  const policy = () => config.current().policy;
  const approved = () => policy().offers.articles.filter((article) => article.approved);

  function rateNow(): RateLimit {
    const at = now();
    const isOver = limit === null || Temporal.Instant.compare(limit.since.add(REMEMBERED), at) < 0;
    if (limit === null || isOver) limit = { rate: createRateLimit(now), since: at };
    return limit.rate;
  }

  function languages(): readonly string[] {
    return [...new Set(approved().map(({ language }) => language ?? policy().desk.language))];
  }

  function languageOf(request: Request): string {
    const known = languages();
    const { lang } = request.query;
    const asked = [typeof lang === 'string' ? lang : '', ...request.acceptsLanguages().map((each) => each.slice(0, 2))];
    return asked.find((each) => known.includes(each)) ?? policy().desk.language;
  }

  return {
    languages,
    languageOf,
    shelf: () => (config.current().helpPage ? approved() : null),
    fitting(text) {
      const { articles } = policy().offers;
      const found = findArticles(articles, text.slice(0, LONGEST_TEXT));
      return found
        .flatMap(({ name }) => articles.filter((article) => article.name === name && article.approved))
        .slice(0, MOST_SUGGESTED);
    },
    words: (request) => helpWords({ ticket: { language: languageOf(request) }, desk: policy().desk }),
    isWelcome(request, response) {
      const rate = rateNow();
      const wait = rate.take(`visitor ${request.ip ?? ''}`, PER_VISITOR) || rate.take('all', FROM_ALL);
      if (wait > 0) response.set('Retry-After', String(wait)).status(429);
      return wait === 0;
    },
  };
}
