import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmailNotifier } from '../../connectors/email/notifier.ts';
import { recordConfig } from '../../src/db/config-history.ts';
import { createLog } from '../../src/kit/log.ts';
import { createReplyTokens } from '../../src/kit/reply-tokens.ts';
import { createOutbox } from '../../src/outbox/create.ts';
import { createUpkeep, rulesToReview } from '../../src/reports/playbook/upkeep.ts';
import { at } from '../support/builders.ts';
import { BY_MAIL_ALONE } from '../support/by-mail.ts';
import { channelOf } from '../support/channels.ts';
import { aConfig } from '../support/config.ts';
import { serveConsole } from '../support/console-server.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aChannel, aLiveConfig, aStandingConfig } from '../support/live-config.ts';
import { aMailServer, type MailServer } from '../support/mail-server.ts';
import { aMail } from '../support/mails.ts';
import { aDesk, allOutgoing, allTickets, postJson } from '../support/pipeline.ts';

const LOADED = aConfig({
  'people.yaml': `agents: { Ana: { email: ana@example.com } }
queues: { support: { members: [Ana] }, review: { method: none } }
`,
  'triage.yaml': `categories: [billing]
reviewQueue: review
rules:
  - { name: Payments, why: Money., owner: Ana, when: { text: { mentions: payment } }, then: { category: billing } }
`,
});

describe.each(ENGINES)('the letter to the owner of a rule, on %s', (engine) => {
  const world = {} as { database: TestDatabase; server: MailServer };
  beforeAll(async () => {
    world.database = await aDatabase(engine);
    world.server = await aMailServer();
  });
  afterAll(async () => {
    await world.server.close();
    await world.database.drop();
  });

  it('stands on Health when it comes back, with what to do, and its rules stay on the playbook', async () => {
    const { database, server } = world;
    const { connection } = database;
    const channels = [aChannel({ name: 'mail', kind: 'postmark', settings: {} })];
    const config = aLiveConfig({ policy: LOADED.policy, channels });
    const desk = aDesk(connection, { config });
    desk.clock.set(at('2026-08-03T08:00:00Z'));
    const { now } = desk.clock;
    await recordConfig(connection.queries, LOADED, now());
    const wake = async () => undefined;
    const upkeep = createUpkeep({ connection, config: aStandingConfig(LOADED), publicAddress: null, wake, now });
    await upkeep.run();
    desk.clock.set(at('2026-11-03T09:00:00Z'));
    expect(await upkeep.run()).toEqual({ reminded: 1 });
    const environment = { SMTP_URL: server.url, MAIL_FROM: 'help@desk.example' };
    const notifier = createEmailNotifier({ timeoutSeconds: 5, html: false, nullSender: false }, { environment });
    const outbox = createOutbox({
      connection,
      ...BY_MAIL_ALONE,
      notifier,
      channels: () => config.current().channels,
      channelOf,
      replyTokens: createReplyTokens({ secret: 'of the tests' }),
      now,
      log: createLog('silent'),
    });
    await outbox.run();
    const [letter] = server.arrived;
    expect(letter).toMatchObject({ to: 'ana@example.com', text: expect.stringContaining('Payments') });

    const returned = aMail({
      from: 'MAILER-DAEMON@mx.example',
      type: 'multipart/report; report-type=delivery-status',
      parts: [
        'Content-Type: text/plain\r\n\r\nIt could not be delivered.',
        'Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ana@example.com\r\n' +
          'Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 she left',
        `Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${letter?.messageId ?? ''}`,
      ],
    });
    await postJson(connection, { MessageID: 'p', RawEmail: returned.toString() }, { channel: 'mail' });
    await desk.pipeline.drainInbox();
    expect(await allOutgoing(connection)).toMatchObject([
      { state: 'dead', problem: { code: 'outbox.no-such-address' } },
    ]);
    expect(await allTickets(connection)).toEqual([]);

    const open = await serveConsole(connection, desk);
    const visitor = aVisitor(open.address);
    await visitor.signIn();
    const { text: health } = await visitor.get('/health');
    expect(health).toContain('Nothing arrives at this address: 550 5.1.1 she left');
    expect(health).toContain('Correct it where it stands in the config');
    expect(await rulesToReview(connection.queries)).toBe(1);
    expect(await upkeep.run()).toEqual({ reminded: 0 });
    notifier.close?.();
    await open.close();
  });
});
