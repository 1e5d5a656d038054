import { describe, expect, it } from 'vitest';
import { createDiscordNotifier } from '../../../connectors/discord/notifier.ts';
import { aNotice, aPerson, aSystem, HOSTILE } from '../../support/notices.ts';

const WEBHOOK = 'https://discord.example/api/webhooks/1/secret';
const POSTED = { status: 200, body: { id: '900000000000000001', channel_id: '900000000000000002' } };

function aTeam(access: string, answers: Parameters<typeof aSystem>[0] = []) {
  const system = aSystem(answers);
  const notifier = createDiscordNotifier({}, { access, ask: system.ask, environment: {} });
  return { notifier, asked: system.asked };
}

describe('notices in Discord', () => {
  it('go out by the webhook of a channel, and call nobody but whom they are for', async () => {
    const { notifier, asked } = aTeam(WEBHOOK, [POSTED]);
    const people = [aPerson('Ana', '123456789012345678'), aPerson('Ben')];
    expect(await notifier.send(aNotice({ to: '', people }))).toEqual({ kind: 'sent', id: '900000000000000001' });
    expect(asked).toEqual([
      {
        url: `${WEBHOOK}?wait=true`,
        method: 'POST',
        authorization: undefined,
        body: {
          content:
            'For <@123456789012345678>, Ben\n**\\[T\\-1001\\] Yours\\: Card charged**\nQueue\\: billing\n<https://desk.example/tickets/1001>',
          flags: 4,
          allowed_mentions: { parse: [], users: ['123456789012345678'] },
        },
      },
    ]);
  });

  it('show what a requester wrote as it was written', async () => {
    const { notifier, asked } = aTeam(WEBHOOK, [POSTED]);
    await notifier.send(aNotice({ to: '', items: [{ title: HOSTILE, text: '', link: null }] }));
    expect(asked[0]?.body).toMatchObject({
      content:
        '**\\<\\!channel\\> \\<\\@U0999999\\> \\@everyone \\@here \\@all \\[here\\]\\(https\\://evil\\.example\\) \\*\\*x\\*\\* \\`y\\`**',
      allowed_mentions: { parse: [], users: [] },
    });
  });

  it('go out by a bot into a channel, as one message however often they are tried', async () => {
    const { notifier, asked } = aTeam('a.bot.token', [POSTED, POSTED]);
    await notifier.send(aNotice({ to: '42' }));
    await notifier.send(aNotice({ to: '42' }));
    expect(asked[0]).toMatchObject({
      url: 'https://discord.com/api/v10/channels/42/messages',
      authorization: 'Bot a.bot.token',
      body: { enforce_nonce: true, nonce: expect.stringMatching(/^[0-9a-f]{25}$/) },
    });
    expect(asked[1]?.body).toEqual(asked[0]?.body);
    expect(await notifier.send(aNotice({ to: '' }))).toMatchObject({ kind: 'not_configured' });
  });

  it('never call a webhook again that is gone', async () => {
    const { notifier, asked } = aTeam(WEBHOOK, [{ status: 404, body: { message: 'Unknown Webhook' } }]);
    for (let times = 0; times < 3; times += 1) {
      await expect(notifier.send(aNotice())).rejects.toMatchObject({ code: 'discord.webhook-gone', retry: 'never' });
    }
    await expect(notifier.check?.()).rejects.toMatchObject({ code: 'discord.webhook-gone' });
    expect(asked).toHaveLength(1);
  });

  it('wait as long as Discord says when it is called too often', async () => {
    const { notifier } = aTeam(WEBHOOK, [{ status: 429, body: { message: 'slow', retry_after: 2.3 } }]);
    await expect(notifier.send(aNotice())).rejects.toMatchObject({ retry: { afterSeconds: 3 } });
  });

  it('are several messages where one is too short', async () => {
    const items = Array.from({ length: 31 }, () => ({ title: 'x'.repeat(120), text: '' }));
    const { notifier, asked } = aTeam(WEBHOOK, [POSTED, POSTED, POSTED, POSTED]);
    await notifier.send(aNotice({ items }));
    expect(asked).toHaveLength(3);
  });

  it('can be asked for without sending any', async () => {
    const { notifier, asked } = aTeam(WEBHOOK, [{ status: 200, body: { id: '1' } }]);
    await notifier.check?.();
    expect(asked.map(({ method, url }) => [method, url])).toEqual([['GET', WEBHOOK]]);
    await aTeam('token', [{ status: 200, body: { id: '1' } }]).notifier.check?.();
  });
});
