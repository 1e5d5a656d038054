import { describe, expect, it } from 'vitest';
import { createPortalChannel } from '../../../connectors/portal/channel.ts';
import { createPageLinks } from '../../../src/kit/page-links.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead } from '../../support/form-tools.ts';
import { aRequest } from '../../support/recorded.ts';

const SECRET = 'of the tests';
const KEY = '01JD3G2N000000000000001042';

/** The token of a page, as the link of a letter bears it. */
function tokenOf(secret = SECRET, page: 'ticket' | 'survey' = 'ticket'): string {
  const pages = createPageLinks({ secret, publicAddress: 'https://help.example' });
  return pages.linkTo(page, KEY, MORNING)?.split('/').at(-1) ?? '';
}

function aPortal() {
  return createPortalChannel({}, aChannelGiven({ name: 'portal', environment: { SURVEY_SECRET: SECRET } }));
}

/** What a browser posts. */
function posted(fields: Readonly<Record<string, string>>, files: readonly [string, string][] = []): RawRequest {
  const parts = [
    ...Object.entries(fields).map(([name, value]) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`),
    ...files.map(
      ([name, text]) =>
        `Content-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n${text}`,
    ),
  ];
  const body = `${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`;
  return aRequest('multipart/form-data; boundary=b', body);
}

const FORM = { page: tokenOf(), key: '01JD3G2N000000000000000001' };
const NOBODY = { tokens: [], signing: [] };

describe('the page of a ticket', () => {
  testChannel({
    channel: aPortal(),
    secrets: NOBODY,
    authentic: [
      ['an answer', posted({ ...FORM, message: 'It still burns.' })],
      ['a file and no word', posted({ ...FORM, message: '' }, [['log.txt', 'burning']])],
      ['that it is solved', posted({ ...FORM, solved: 'yes' })],
    ],
    forged: [
      ['no page', posted({ message: 'Hello' })],
      ['the page of another desk', posted({ page: tokenOf('another'), message: 'Hello' })],
      ['a survey in place of a page', posted({ page: tokenOf(SECRET, 'survey'), message: 'Hello' })],
      ['a link that has ended', { ...posted(FORM), receivedAt: MORNING.add({ hours: 181 * 24 }) }],
    ],
  });

  it('belongs to the ticket whose address it has, and to none that it names', () => {
    const message = messageRead(aPortal(), posted({ ...FORM, message: 'It is T-7.', ticket: 'T-7' }));
    expect(message.thread).toEqual({
      ticketNumber: null,
      ticketKey: null,
      belongsTo: [`ticket:${KEY}`],
      mustBelong: true,
    });
  });

  it('leads to no ticket with a token that is not ours, should such a request ever be stored', () => {
    const message = messageRead(aPortal(), posted({ page: tokenOf('another'), message: 'Hello' }));
    expect(message.thread.belongsTo).toEqual([]);
  });

  it('takes words, files, and the button', async () => {
    const request = posted({ ...FORM, message: '', solved: 'yes' }, [['log.txt', 'burning']]);
    const message = messageRead(aPortal(), request);
    expect([message.text, message.saysSolved]).toEqual(['This is solved.', true]);
    expect(message.attachments).toEqual([{ name: 'log.txt', contentType: 'text/plain', size: 7, url: null, part: 0 }]);
    expect(Buffer.from((await aPortal().file?.(request, 0)) ?? []).toString()).toBe('burning');
  });

  it('that sends nothing makes nothing', () => {
    expect(aPortal().parse(posted({ ...FORM, message: '  ' })).kind).toBe('unreadable');
  });

  it('is shown again after sending, and sends once however often the button is pressed', () => {
    const request = posted({ ...FORM, message: 'Hello' });
    expect(aPortal().deliveryId(request)).toBe(FORM.key);
    expect(aPortal().answer?.(request, { id: '1', isRepeat: false })).toMatchObject({
      status: 303,
      headers: { location: `/ticket/${FORM.page}?sent=1` },
    });
  });
});
