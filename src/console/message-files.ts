import type { StoredFile } from '../db/ticket-queries.ts';
import type { Attachment } from '../domain/message.ts';
import { sizeWords } from '../kit/size-words.ts';
import { icon } from './icons.ts';
import { html, type Html, outsideLink } from './markup.ts';
import type { MessageRow } from './ticket-rows.ts';

/** The files of a message: to download where they are here, else where the sender has them. */
export function filesOf(message: MessageRow | null, files: readonly StoredFile[]): Html | null {
  if (message === null || message.attachments.length === 0) return null;
  return html`<ul class="td-files" aria-label="Files">
    ${message.attachments.map((attachment, position) => {
      const file = files.find((each) => each.messageId === message.id && each.position === position);
      return html`<li>${entry(attachment, file ?? null)}</li>`;
    })}
  </ul>`;
}

function entry({ name, size, url, contentType }: Attachment, file: StoredFile | null): Html {
  const bytes = file?.size ?? size;
  // A sender that gives a link need not say how large the file is.
  const facts = [...(bytes > 0 || url === null ? [sizeWords(bytes)] : []), contentType, ...stateWords(file)];
  const words = html`${icon('clip')}<bdi>${name || 'No name'}</bdi> <small>${facts.join(', ')}</small>`;
  if (file?.isHere === true) return html`<a href="/files/${file.id}" download>${words}</a>`;
  const address = outsideLink(url);
  return address === null ? words : html`<a href="${address}" target="_blank" rel="noopener noreferrer">${words}</a>`;
}

/** Why the file is not here, where it is not. */
function stateWords(file: StoredFile | null): string[] {
  if (file === null || file.isHere) return [];
  if (file.state === 'waiting') return [file.problem === null ? 'being fetched' : 'to be fetched again'];
  return [file.state === 'failed' ? 'could not be fetched' : 'no longer kept'];
}
