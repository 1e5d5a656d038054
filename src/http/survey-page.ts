import { flag, html, type Html, verbatim } from '../console/markup.ts';
import type { Policy } from '../decide/policy.ts';
import { type Score, SCORES } from '../domain/follow-up.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import type { PlainPage } from './plain-page.ts';
import { tick } from './request-form.ts';
import { surveyWords } from './survey-words.ts';

/** Longer than anybody writes who wants to be read. */
export const LONGEST_COMMENT = 2000;

interface Asked {
  address: string;
  desk: Pick<Policy['desk'], 'name' | 'prefix' | 'language'>;
  ticket: Pick<Ticket, 'number' | 'subject' | 'language'>;
}

/**
 * The question how it was. A score that the mail's link names is chosen and not yet given: programs that look
 * at mails follow its links, and only a person presses the button.
 */
export function surveyPage(given: Asked & { chosen: Score | null; comment: string; isMissing: boolean }): PlainPage {
  const { address, desk, ticket, chosen, comment, isMissing } = given;
  const words = surveyWords(given);
  const main = html`<p class="desk">${desk.name}</p>
    <h1>${words.title}</h1>
    <p class="intro">${words.request} ${ticketName(desk.prefix, ticket.number)}: <bdi>${ticket.subject}</bdi></p>
    <form method="post" action="${address}">
      <fieldset class="scores">
        <legend>${words.question}</legend>
        ${isMissing ? html`<p class="missing" role="alert">${words.missing}</p>` : null}
        ${SCORES.toReversed().map((score) => choice(score, { words: words.scores[score], isChosen: score === chosen }))}
      </fieldset>
      <div class="field">
        <label for="comment">${words.comment} <span class="hint">${words.commentHint}</span></label>
        ${verbatim('textarea', html`id="comment" name="comment" rows="4" maxlength="${LONGEST_COMMENT}"`, comment)}
      </div>
      <button type="submit">${words.send}</button>
    </form>`;
  return { title: `${words.title} · ${desk.name}`, main, locale: words.locale };
}

/** What is shown once the answer is with us. */
export function thanksPage({ address, desk, ticket, score }: Asked & { score: Score | null }): PlainPage {
  const words = surveyWords({ ticket, desk });
  const main = html`<p class="desk">${desk.name}</p>
    <div class="tick" aria-hidden="true">${tick()}</div>
    <h1>${words.thanks}</h1>
    <p role="status">${score === null ? words.arrived : `${words.arrivedAs} ${words.scores[score].toLowerCase()}.`}</p>
    <p><a href="${address}">${words.change}</a></p>`;
  return { title: `${words.thanks} · ${desk.name}`, main, locale: words.locale };
}

function choice(score: Score, { words, isChosen }: { words: string; isChosen: boolean }): Html {
  return html`<label class="score"
    ><input type="radio" name="score" value="${score}" required ${flag('checked', isChosen)} />${words}</label
  >`;
}
