import { flag, html, type Html, verbatim } from '../console/markup.ts';
import { type Score, SCORES } from '../domain/follow-up.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import type { PlainPage } from './plain-page.ts';
import { tick } from './request-form.ts';

/** Longer than anybody writes who wants to be read. */
export const LONGEST_COMMENT = 2000;

const SCORE_WORDS: Readonly<Record<Score, string>> = {
  5: 'Very content',
  4: 'Content',
  3: 'In between',
  2: 'Not content',
  1: 'Not content at all',
};

interface Asked {
  address: string;
  desk: { name: string; prefix: string };
  ticket: Pick<Ticket, 'number' | 'subject'>;
}

/**
 * The question how it was. A score that the mail's link names is chosen and not yet given: programs that look
 * at mails follow its links, and only a person presses the button.
 */
export function surveyPage(given: Asked & { chosen: Score | null; comment: string; isMissing: boolean }): PlainPage {
  const { address, desk, ticket, chosen, comment, isMissing } = given;
  const main = html`<p class="desk">${desk.name}</p>
    <h1>How was it?</h1>
    <p class="intro">Your request ${ticketName(desk.prefix, ticket.number)}: <bdi>${ticket.subject}</bdi></p>
    <form method="post" action="${address}">
      <fieldset class="scores">
        <legend>How content are you with how we handled it?</legend>
        ${isMissing ? html`<p class="missing" role="alert">Please choose one of the five.</p>` : null}
        ${SCORES.toReversed().map((score) => choice(score, score === chosen))}
      </fieldset>
      <div class="field">
        <label for="comment">Anything else? <span class="hint">Only if you like.</span></label>
        ${verbatim('textarea', html`id="comment" name="comment" rows="4" maxlength="${LONGEST_COMMENT}"`, comment)}
      </div>
      <button type="submit">Send</button>
    </form>`;
  return { title: `How was it? · ${desk.name}`, main };
}

/** What is shown once the answer is with us. */
export function thanksPage({ address, desk, score }: Omit<Asked, 'ticket'> & { score: Score | null }): PlainPage {
  const main = html`<p class="desk">${desk.name}</p>
    <div class="tick" aria-hidden="true">${tick()}</div>
    <h1>Thank you</h1>
    <p role="status">
      ${score === null ? 'Your answer is with us.' : `Your answer is with us: ${SCORE_WORDS[score].toLowerCase()}.`}
    </p>
    <p><a href="${address}">Change it</a></p>`;
  return { title: `Thank you · ${desk.name}`, main };
}

function choice(score: Score, isChosen: boolean): Html {
  return html`<label class="score"
    ><input
      type="radio"
      name="score"
      value="${score}"
      required
      ${flag('checked', isChosen)}
    />${SCORE_WORDS[score]}</label
  >`;
}
