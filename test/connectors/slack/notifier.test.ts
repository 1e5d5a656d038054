import { describe, expect, it } from 'vitest';
import { createSlackNotifier } from '../../../connectors/slack/notifier.ts';
import { aNotice, aPerson, HOSTILE } from '../../support/notices.ts';
import { aSlack } from './slack.ts';

const POSTED = { ok: true, channel: 'C0123456789', ts: '1.2' };

/** Ana is known to Slack, and nobody else. */
function known({ email }: Readonly<Record<string, string>>) {
  return email === 'ana@desk.example'
    ? { ok: true, user: { id: 'U0ANA0001' } }
    : { ok: false, error: 'users_not_found' };
}

function aTeam(answers: Parameters<typeof aSlack>[0] = {}) {
  const slack = aSlack({ 'chat.postMessage': POSTED, 'users.lookupByEmail': known, ...answers });
  const notifier = createSlackNotifier({}, { access: 'xoxb-1', ask: slack.ask, environment: {} });
  const posts = () => slack.asked.filter(({ method }) => method === 'chat.postMessage').map(({ params }) => params);
  return { notifier, slack, posts };
}

describe('notices in Slack', () => {
  it('are posted into the channel once, and call whoever has a handle or an address there', async () => {
    const { notifier, posts } = aTeam();
    const people = [
      aPerson('Ben', 'U0BEN0001'),
      aPerson('Ana', null, 'ana@desk.example'),
      aPerson('lead', null, 'x@y.z'),
    ];
    expect(await notifier.send(aNotice({ people }))).toMatchObject({ kind: 'sent', id: 'C0123456789/1.2' });
    const [post] = posts();
    expect(post).toMatchObject({ channel: 'C0123456789', text: '[T-1001] Yours: Card charged', link_names: 'false' });
    expect(JSON.parse(post?.['blocks'] ?? '')).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'For ' },
              { type: 'user', user_id: 'U0BEN0001' },
              { type: 'text', text: ', ' },
              { type: 'user', user_id: 'U0ANA0001' },
              { type: 'text', text: ', ' },
              { type: 'text', text: 'lead' },
              { type: 'text', text: '\n' },
              {
                type: 'link',
                url: 'https://desk.example/tickets/1001',
                text: '[T-1001] Yours: Card charged',
                style: { bold: true },
              },
              { type: 'text', text: '\nQueue: billing' },
            ],
          },
        ],
      },
    ]);
  });

  it('call nobody by what a requester wrote, and make no link of it', async () => {
    const { notifier, posts } = aTeam();
    await notifier.send(aNotice({ items: [{ title: HOSTILE, text: HOSTILE, link: null }] }));
    const [post] = posts();
    expect(post?.['text']).toContain('&lt;!channel&gt; &lt;@U0999999&gt;');
    const types = [...(post?.['blocks'] ?? '').matchAll(/"type":"([a-z_]+)"/g)].map(([, type]) => type);
    expect(new Set(types)).toEqual(new Set(['rich_text', 'rich_text_section', 'text']));
  });

  it('of several tickets are a list', async () => {
    const { notifier, posts } = aTeam();
    await notifier.send(aNotice({ items: [{}, { link: null }] }));
    const said = posts()[0]?.['blocks'] ?? '';
    expect(said).toContain('2 tickets for you');
    expect(said).toContain('rich_text_list');
  });

  it('reach one person alone by the mail address, asked once', async () => {
    const { notifier, slack, posts } = aTeam();
    await notifier.send(aNotice({ to: 'ana@desk.example' }));
    await notifier.send(aNotice({ to: 'ana@desk.example' }));
    expect(posts().map(({ channel }) => channel)).toEqual(['U0ANA0001', 'U0ANA0001']);
    expect(slack.asked.filter(({ method }) => method === 'users.lookupByEmail')).toHaveLength(1);
  });

  it('do not reach whom Slack does not know', async () => {
    expect(await aTeam().notifier.send(aNotice({ to: 'ben@desk.example' }))).toMatchObject({
      kind: 'not_configured',
      reason: 'not sent: Slack knows nobody by ben@desk.example',
    });
  });

  it.each([
    ['invalid_auth', 'chat.not-authorised'],
    ['channel_not_found', 'chat.refused'],
  ])('answered %s fail as %s', async (error, code) => {
    const { notifier } = aTeam({ 'chat.postMessage': { ok: false, error } });
    await expect(notifier.send(aNotice())).rejects.toMatchObject({ code });
  });

  it('wait as long as Slack says when it is called too often', async () => {
    const slack = aSlack({}, { status: 429, headers: { 'retry-after': '17' } });
    const notifier = createSlackNotifier({}, { access: 'xoxb-1', ask: slack.ask, environment: {} });
    await expect(notifier.send(aNotice())).rejects.toMatchObject({ retry: { afterSeconds: 17 } });
  });

  it('can be asked for without sending any', async () => {
    const { notifier, slack } = aTeam({ 'auth.test': { ok: true, user_id: 'UBOT' } });
    await notifier.check?.();
    expect(slack.asked.map(({ method }) => method)).toEqual(['auth.test']);
    await expect(aTeam().notifier.check?.()).rejects.toMatchObject({ code: 'chat.refused' });
  });
});
