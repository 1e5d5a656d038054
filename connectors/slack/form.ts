import type { Answer } from '../../src/ports/channel.ts';
import type { SlackApi } from './api.ts';
import { FORM_ID } from './payload.ts';
import { ApiAnswer } from './wire.ts';

/** The form of a request: https://docs.slack.dev/reference/views/modal-views */
const FORM = {
  type: 'modal',
  callback_id: FORM_ID,
  title: words('New request'),
  submit: words('Send'),
  close: words('Cancel'),
  blocks: [
    {
      type: 'input',
      block_id: 'subject',
      optional: true,
      label: words('In a few words'),
      element: { type: 'plain_text_input', action_id: 'value', max_length: 150 },
    },
    {
      type: 'input',
      block_id: 'message',
      label: words('What can we do for you?'),
      element: { type: 'plain_text_input', action_id: 'value', multiline: true, max_length: 3000 },
    },
  ],
};

function words(text: string) {
  return { type: 'plain_text', text };
}

/** Opens the form for who asked; Slack wants that within three seconds. Without it a command takes its text behind it. */
export async function openForm(api: SlackApi | null, triggerId: string): Promise<Answer> {
  const isOpen = api !== null && (await isOpened(api, triggerId));
  const text = isOpen ? '' : 'The form does not open just now. Write what you need behind the command.';
  const body = text === '' ? '' : JSON.stringify({ response_type: 'ephemeral', text });
  return { status: 200, headers: text === '' ? {} : { 'content-type': 'application/json' }, body };
}

async function isOpened(api: SlackApi, triggerId: string): Promise<boolean> {
  try {
    const params = { trigger_id: triggerId, view: JSON.stringify(FORM) };
    await api('views.open', { answer: ApiAnswer, params });
    return true;
  } catch {
    return false;
  }
}
