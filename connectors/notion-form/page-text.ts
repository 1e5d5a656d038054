import { Problem } from '../../src/domain/problem.ts';
import type { Ask } from '../../src/kit/connector.ts';
import { parseJson } from '../../src/kit/json-value.ts';
import { storable } from '../../src/kit/storable-text.ts';
import type { Parsed } from '../../src/ports/channel.ts';
import { Blocks, BlockText } from './wire.ts';

/** The version of Notion's API that the store speaks, too. */
const API_VERSION = '2026-03-11';

/**
 * The text below the properties of a page, which Notion does not send along, put after what was sent.
 *
 * @throws Problem `notion.page-not-read` when Notion does not show it
 */
export async function withPageText(parsed: Parsed, { ask, access }: { ask: Ask; access: string }): Promise<Parsed> {
  const message = parsed.kind === 'messages' ? parsed.messages[0] : undefined;
  if (message === undefined || message.externalId === null) return parsed;
  const id = encodeURIComponent(message.externalId);
  const { status, body } = await ask(`https://api.notion.com/v1/blocks/${id}/children?page_size=100`, {
    headers: { authorization: `Bearer ${access}`, 'notion-version': API_VERSION },
  });
  if (status !== 200) throw notRead(status);
  const { results } = Blocks.catch({ results: [] }).parse(parseJson(body.toString('utf8')));
  const lines = results.flatMap((block) => BlockText.safeParse(block[block.type]).data ?? []);
  const below = storable(lines.join('\n').trim());
  if (below === '') return parsed;
  return { kind: 'messages', messages: [{ ...message, text: `${message.text}\n\n${below}` }] };
}

function notRead(status: number): Problem {
  return new Problem({
    code: 'notion.page-not-read',
    message: `Notion answered ${status} when it was asked for the text of a page.`,
    fix: 'Share the database with the connection whose token the channel has.',
    retry: 'later',
  });
}
