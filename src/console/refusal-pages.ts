import type { Access } from '../kit/access.ts';
import { icon, type Icon } from './icons.ts';
import { html, type Fill, type Html, verbatim } from './markup.ts';

/** What a page says that cannot show what was asked for. */
export interface Refusal {
  status: number;
  title: string;
  /** What happened, and what to do now. */
  sentence: string;
  /** What the visitor had typed, so that it is not lost. */
  typed?: string;
}

export const NOT_FOUND: Refusal = {
  status: 404,
  title: 'There is no such page',
  sentence: 'Check the address, or look for the ticket by its number, its words or its requester in the search above.',
};

export const NO_SUCH_PERSON: Refusal = {
  status: 404,
  title: 'There is no such requester',
  sentence: 'Open the page of the requester again, from one of the tickets.',
};

export const NO_SUCH_IDENTITY: Refusal = {
  status: 422,
  title: 'Nobody can be known by that',
  sentence:
    'Write a mail address, a telephone number as phone:+49 151 12345, an id of a chat as slack:U123, or the number of one of their tickets. Nothing was changed.',
};

export function noTicket(name: string): Refusal {
  return {
    status: 404,
    title: `There is no ticket ${name}`,
    sentence: 'Check the number, or look for its words or its requester’s address in the search above.',
  };
}

export function movedMeanwhile(
  { queue }: { queue: string },
  { was, reason }: { was: string; reason: string },
): Refusal {
  return {
    status: 409,
    title: `It is in ${queue} now`,
    sentence: `It was in ${was} when you looked at it, and somebody moved it meanwhile. Nothing was changed. Open the ticket again and hand it off from there.`,
    typed: reason,
  };
}

export function answeredMeanwhile({ queue }: { queue: string }): Refusal {
  return {
    status: 409,
    title: 'This hand-off does not wait any more',
    sentence: `It was answered, taken back or over meanwhile, and the ticket is in ${queue}. Nothing was changed. Open it again and see what became of it.`,
  };
}

const WHO: Readonly<Record<Access, string>> = {
  viewer: 'everybody of the desk',
  agent: 'agents and admins',
  admin: 'admins',
};

/** For somebody who may do less. */
export function notFor(least: Access, access: Access): Refusal {
  return {
    status: 403,
    title: `This is for ${WHO[least]}`,
    sentence: `You are signed in as ${access === 'viewer' ? 'a viewer, who reads' : 'an agent, who works tickets'}. Nothing was changed. Ask an admin to do it, or sign in as somebody who may.`,
  };
}

export const NAME_GIVEN: Refusal = {
  status: 403,
  title: 'Your name is given',
  sentence: 'You came by single sign-on, which says how you are called. Nothing was changed. Have it changed there.',
};

export const FOREIGN_FORM: Refusal = {
  status: 403,
  title: 'This form did not come from here',
  sentence:
    'It was sent from another site, or from a page that was open while somebody signed out. Nothing was changed. Open the page again and send it once more.',
};

export const SIGNED_OUT: Refusal = {
  status: 401,
  title: 'You are signed out',
  sentence: 'Nothing was changed. Sign in, open the page again and send it once more.',
};

export const TOO_LARGE: Refusal = {
  status: 413,
  title: 'That is too much text',
  sentence: 'A form takes up to one megabyte. Nothing was changed. Go back and shorten it, or send it in two parts.',
};

export const NOT_READABLE: Refusal = {
  status: 400,
  title: 'This form could not be read',
  sentence: 'Nothing was changed. Open the page again and send it once more.',
};

export const OUR_FAULT: Refusal = {
  status: 500,
  title: 'Something of ours went wrong',
  sentence:
    'It is in the log, with the cause. Try once more; if it happens again, look at Health, and tell whoever runs this desk.',
};

const ICONS: Readonly<Record<number, Icon>> = { 401: 'leave', 403: 'note', 404: 'search', 409: 'alert' };

/** The content of a refusal. */
export function refusalMain({ status, title, sentence, typed }: Refusal, more: Fill = null): Html {
  return html`<section class="td-refusal">
    <div class="td-refusal-mark">${icon(ICONS[status] ?? 'alert')}</div>
    <p class="td-refusal-status">${status}</p>
    <h1>${title}</h1>
    <p>${sentence}</p>
    ${typed === undefined || typed === '' ? null : typedText(typed)} ${more}
    <p>
      <a class="btn btn-primary" href="${status === 401 ? '/signin' : '/'}"
        >${status === 401 ? 'Sign in' : 'To the queue'}</a
      >
    </p>
  </section>`;
}

function typedText(typed: string): Html {
  return html`<div class="td-refusal-typed">
    <label class="form-label" for="typed">What you wrote, to copy</label>
    ${verbatim('textarea', html`class="form-control" id="typed" rows="6" readonly dir="auto"`, typed)}
  </div>`;
}
