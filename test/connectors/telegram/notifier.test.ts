import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTelegramNotifier } from '../../../connectors/telegram/notifier.ts';
import { aNotice, aPerson, aSystem, HOSTILE } from '../../support/notices.ts';

const Said = z.object({ text: z.string(), entities: z.array(z.unknown()) });

const SENT = { status: 200, body: { ok: true, result: { message_id: 7, chat: { id: -100 } } } };

function aTeam(answers: Parameters<typeof aSystem>[0]) {
  const system = aSystem(answers);
  const notifier = createTelegramNotifier({}, { access: '1:token', ask: system.ask, environment: {} });
  return { notifier, asked: system.asked };
}

describe('notices in Telegram', () => {
  it('go into a group, with what is bold, a link or a call said beside the text', async () => {
    const { notifier, asked } = aTeam([SENT]);
    const people = [aPerson('Ana', '4567'), aPerson('Ben', '@ben_at_work'), aPerson('Cy')];
    expect(await notifier.send(aNotice({ to: '-100', people }))).toEqual({ kind: 'sent', id: '-100/7' });
    expect(asked[0]).toMatchObject({
      url: 'https://api.telegram.org/bot1:token/sendMessage',
      body: {
        chat_id: '-100',
        text: 'For Ana, @ben_at_work, Cy\n[T-1001] Yours: Card charged\nQueue: billing',
        entities: [
          { type: 'text_mention', offset: 4, length: 3, user: { id: 4567 } },
          { type: 'text_link', offset: 26, length: 28, url: 'https://desk.example/tickets/1001' },
        ],
      },
    });
  });

  it('call nobody by what a requester wrote, and leave mail addresses whole', async () => {
    const { notifier, asked } = aTeam([SENT]);
    await notifier.send(aNotice({ items: [{ title: HOSTILE, text: 'greta@example.com', link: null }] }));
    const { text, entities } = Said.parse(asked[0]?.body);
    expect(text).not.toMatch(/(?<!\w)@\w/);
    expect(text).toContain('greta@example.com');
    expect(entities).toEqual([{ type: 'bold', offset: 0, length: text.indexOf('\n') }]);
  });

  it('to who has blocked the bot are not tried again', async () => {
    const { notifier } = aTeam([
      { status: 403, body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' } },
    ]);
    await expect(notifier.send(aNotice())).rejects.toMatchObject({ code: 'chat.refused', retry: 'never' });
  });

  it('wait as long as Telegram says when a group is told too much', async () => {
    const { notifier } = aTeam([
      { status: 429, body: { ok: false, error_code: 429, parameters: { retry_after: 41 } } },
    ]);
    await expect(notifier.send(aNotice())).rejects.toMatchObject({ retry: { afterSeconds: 41 } });
  });

  it('can be asked for without sending any', async () => {
    const { notifier, asked } = aTeam([{ status: 200, body: { ok: true, result: { id: 1 } } }]);
    await notifier.check?.();
    expect(asked.map(({ url }) => url)).toEqual(['https://api.telegram.org/bot1:token/getMe']);
  });
});
