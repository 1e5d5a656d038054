import { Problem } from '../domain/problem.ts';
import type { OutgoingMessage } from '../ports/notifier.ts';
import { piecesOf } from './in-pieces.ts';

/** WhatsApp takes free words for 24 hours after somebody wrote; the last minutes are for the way. */
const WINDOW_SECONDS = 24 * 3600 - 300;

/** A template may have 1,024 characters, with its own words. */
const LONGEST_FILL = 900;

/** Whether WhatsApp still takes free words for whoever receives a message, as far as we know. */
export function isWindowOpen({ silentSeconds = 0 }: Pick<OutgoingMessage, 'silentSeconds'>): boolean {
  return silentSeconds < WINDOW_SECONDS;
}

/** A text as it may fill the gap of a template: on one line, without long gaps. */
export function templateFill(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  const [first = ''] = piecesOf(words, LONGEST_FILL);
  return first === words ? words : `${first} …`;
}

/** Of free words to somebody who wrote nothing for 24 hours. */
export function windowClosed(): Problem {
  return new Problem({
    code: 'whatsapp.window-closed',
    message: 'The customer wrote nothing for 24 hours, after which WhatsApp takes nothing but approved templates.',
    fix: 'Answer by phone or mail; or name an approved template under template in the settings of the channel, and send this message again.',
  });
}

export function isWindowClosed(error: unknown): boolean {
  return error instanceof Problem && error.code === 'whatsapp.window-closed';
}
