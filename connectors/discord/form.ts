import type { Answer } from '../../src/ports/channel.ts';
import { FORM_ID } from './payload.ts';

/** The form of a request: https://docs.discord.com/developers/components/using-modal-components */
const FORM = {
  type: 9,
  data: {
    custom_id: FORM_ID,
    title: 'New request',
    components: [
      labelled('In a few words', { type: 4, custom_id: 'subject', style: 1, required: false, max_length: 150 }),
      labelled('What can we do for you?', { type: 4, custom_id: 'message', style: 2, max_length: 4000 }),
      labelled('Files', { type: 19, custom_id: 'files', required: false, min_values: 0, max_values: 5 }),
    ],
  },
};

const THANKS = {
  type: 4,
  data: {
    content: 'Thank you, we have it.',
    // Seen by who called it alone.
    flags: 64,
    allowed_mentions: { parse: [] },
  },
};

/** Tells Discord that we are there. */
export function pong(): Answer {
  return json({ type: 1 });
}

export function openForm(): Answer {
  return json(FORM);
}

export function thanks(): Answer {
  return json(THANKS);
}

function labelled(label: string, component: object) {
  return { type: 18, label, component };
}

function json(said: object): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(said) };
}
