import { describe, expect, it } from 'vitest';
import { createDiscordNotifier } from '../../connectors/discord/notifier.ts';
import { createMattermostNotifier } from '../../connectors/mattermost/notifier.ts';
import { createSlackNotifier } from '../../connectors/slack/notifier.ts';
import { createTeamsNotifier } from '../../connectors/teams/notifier.ts';
import { createTelegramNotifier } from '../../connectors/telegram/notifier.ts';
import type { Ask } from '../../src/kit/connector.ts';
import type { Notifier } from '../../src/ports/notifier.ts';
import { aNotice } from '../support/notices.ts';

/** By which somebody, or everybody, would be called in one of the systems. */
const CALLS = [
  '<!channel> <!here|here> <!everyone>',
  '<@U0123456789> <@U0123456789|ana> <!subteam^S0123456789>',
  '<#C0123456789> <https://evil.example|our bank>',
  '@everyone @here @channel @all @Channel. @ALL',
  '<@123456789012345678> <@!123456789012345678> <@&123456789012345678>',
  '<at>Ana</at> <at id="0">everyone</at>',
  '@ana_admin (@ana_admin) é@ana_admin',
  '=HYPERLINK("https://evil.example") {Requester} <users/all>',
];

interface System {
  answer: object;
  make(ask: Ask): Notifier;
  /** What in a request calls somebody. */
  calls: RegExp;
}

const SYSTEMS: Readonly<Record<string, System>> = {
  discord: {
    answer: { id: '900000000000000001', channel_id: '900000000000000002' },
    make: (ask) =>
      createDiscordNotifier({}, { access: 'https://discord.example/api/webhooks/1/x', ask, environment: {} }),
    calls: /"parse":\[[^\]]|"users":\[[^\]]|^(?![^]*"allowed_mentions")/,
  },
  mattermost: {
    answer: {},
    make: (ask) => createMattermostNotifier({}, { access: 'https://chat.example/hooks/1', ask }),
    calls: /@\w/,
  },
  slack: {
    answer: { ok: true, channel: 'C0123456789', ts: '1.2' },
    make: (ask) => createSlackNotifier({}, { access: 'xoxb-1', ask, environment: {} }),
    // Its texts are read as what people type, those within its blocks as they stand there.
    calls:
      /"text":"[^"]*<|\\"type\\":\\"(?:user|usergroup|broadcast|channel|link|mrkdwn)\\"|"link_names":"true"|"parse"/,
  },
  teams: {
    answer: {},
    make: (ask) => createTeamsNotifier({}, { access: 'https://logic.example/workflows/1', ask }),
    calls: /"TextBlock"|"type":"mention"/,
  },
  telegram: {
    answer: { ok: true, result: { message_id: 1, chat: { id: 1 } } },
    make: (ask) => createTelegramNotifier({}, { access: '1:x', ask, environment: {} }),
    calls: /(?<!\w)@\w|"parse_mode"|"text_mention"|"mention"/,
  },
};

describe.each(Object.entries(SYSTEMS))('a notice in %s', (_name, { answer, make, calls }) => {
  it.each(CALLS)('calls nobody by %j in what a requester wrote, of one ticket or of several', async (text) => {
    const asked: string[] = [];
    const notifier = make(async (url, { body = new Uint8Array() }) => {
      asked.push(written(Buffer.from(body).toString()));
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)), url };
    });
    await notifier.send(aNotice({ items: [{ title: text, text, link: null }] }));
    await notifier.send(
      aNotice({
        items: [
          { title: text, link: null },
          { title: text, text, link: null },
        ],
      }),
    );
    expect(asked.length).toBe(2);
    expect(asked.filter((body) => calls.test(body))).toEqual([]);
  });
});

/** A body as JSON, also that of a form. */
function written(body: string): string {
  return body.startsWith('{') ? body : JSON.stringify(Object.fromEntries(new URLSearchParams(body)));
}
