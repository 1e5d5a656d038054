import { inlineMarkdown, markdown } from '../console/markdown.ts';
import { html, type Html, outsideLink } from '../console/markup.ts';
import type { Article } from '../decide/policy.ts';
import type { HelpWords } from './help-words.ts';
import type { PlainPage } from './plain-page.ts';

/** Letters of an article that say whether it is the one. */
const LONGEST_BEGINNING = 180;

interface Shown {
  deskName: string;
  words: HelpWords;
  /** Of a form on which people ask; null where there is none. */
  askAt: string | null;
}

/** Every approved article in one language, by category; or those that were found. */
export function helpPage(
  given: Shown & {
    articles: readonly Article[];
    /** What was looked for; null for all. */
    asked: string | null;
    /** Other languages in which there are articles. */
    languages: readonly string[];
  },
): PlainPage {
  const { deskName, words, articles, asked } = given;
  // What was found stands as it fits, best first.
  const groups = Map.groupBy(articles, ({ category }) => (asked === null ? category : null));
  const nothing = asked === null ? words.nothingYet : words.nothingFound;
  const hasOne = groups.size === 1;
  const main = html`<p class="desk">${deskName}</p>
    <h1>${words.title}</h1>
    <form class="find" method="post" action="/help?lang=${words.locale}">
      <label for="text">${words.search}</label>
      <div class="find-row">
        <input id="text" name="text" value="${asked ?? ''}" maxlength="500" required autocomplete="off" />
        <button type="submit">${words.find}</button>
      </div>
    </form>
    ${articles.length === 0 ? html`<p role="status">${nothing}</p>` : null}
    ${inOrder(groups).map(([category, those]) => group(hasOne ? null : (category ?? words.others), those, words))}
    ${foot(given)}`;
  return { title: `${words.title} · ${deskName}`, main, locale: words.locale };
}

/** By name; what is of no category stands last. */
function inOrder(groups: ReadonlyMap<string | null, readonly Article[]>) {
  const rank = (category: string | null) => (category === null ? '\uffff' : category.toLowerCase());
  return [...groups].toSorted(([one], [other]) => (rank(one) < rank(other) ? -1 : 1));
}

function group(title: string | null, articles: readonly Article[], { locale }: HelpWords): Html {
  return html`${title === null ? null : html`<h2><bdi>${title}</bdi></h2>`}
    <ul class="helps">
      ${articles.map((article) => html`<li>${linkTo(article, locale)}</li>`)}
    </ul>`;
}

function linkTo({ name, title, body }: Article, locale: string): Html {
  const beginning = body.slice(0, LONGEST_BEGINNING).split('\n\n', 1)[0] ?? '';
  const isCut = beginning.length < body.length;
  return html`<a href="${addressOf(name)}?lang=${locale}"><bdi>${title}</bdi></a>
    <p class="quiet" dir="auto">
      ${inlineMarkdown(beginning.replaceAll(/^#+ /gm, ''), () => null)}${isCut ? ' …' : null}
    </p>`;
}

function foot({
  words,
  askAt,
  languages,
  asked,
}: Shown & { languages: readonly string[]; asked: string | null }): Html {
  return html`<p class="foot">
    ${asked === null ? null : html`<a href="/help?lang=${words.locale}">${words.back}</a>`}
    ${askAt === null ? null : html`<a href="${askAt}">${words.ask}</a>`}
    ${languages.map((language) => html`<a href="/help?lang=${language}" lang="${language}">${nameOf(language)}</a>`)}
  </p>`;
}

/** What a language is called by those who speak it. */
function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

/** One article, and whether it helped. */
export function articlePage(given: Shown & { article: Article; isAnswered: boolean }): PlainPage {
  const { deskName, words, askAt, article, isAnswered } = given;
  const address = outsideLink(article.url);
  const main = html`<p class="desk"><a href="/help?lang=${words.locale}">${deskName} · ${words.title}</a></p>
    <article dir="auto">
      <h1>${article.title}</h1>
      ${markdown(article.body)}
      ${address === null ? null : html`<p><a href="${address}" rel="noopener noreferrer">${words.readOn}</a></p>`}
    </article>
    ${
      isAnswered
        ? html`<p class="sent" role="status">${words.thanks}</p>`
        : html`<form class="solved" method="post" action="${addressOf(article.name)}/answered?lang=${words.locale}">
            <p>${words.didItHelp}</p>
            <button class="plain" type="submit">${words.answered}</button>
          </form>`
    }
    <p class="foot">
      <a href="/help?lang=${words.locale}">${words.back}</a>
      ${askAt === null ? null : html`<a href="${askAt}">${words.ask}</a>`}
    </p>`;
  return { title: `${article.title} · ${deskName}`, main, locale: words.locale };
}

/** Articles beside a form; each can be read here, and "that answered it" is a button of the form around it. */
export function suggestedArticles(articles: readonly Article[], words: HelpWords): Html | null {
  if (articles.length === 0) return null;
  return html`<p class="may-help">${words.mayHelp}</p>
    ${articles.map(
      (article) =>
        html`<details name="articles">
          <summary><bdi>${article.title}</bdi></summary>
          <div dir="auto">${markdown(article.body)}</div>
          <button
            class="plain"
            type="submit"
            formmethod="post"
            formenctype="application/x-www-form-urlencoded"
            formnovalidate
            formaction="${addressOf(article.name)}/answered?lang=${words.locale}"
          >
            ${words.answered}
          </button>
        </details>`,
    )}`;
}

function addressOf(name: string): string {
  return `/help/${encodeURIComponent(name)}`;
}
