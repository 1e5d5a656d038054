import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWebhookNotifier } from '../../../connectors/webhook/notifier.ts';
import { Problem } from '../../../src/domain/problem.ts';
import type { NotifierGiven } from '../../../src/kit/connector.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { MORNING } from '../../support/builders.ts';
import { aReceiver, askHere, RECEIVER_SECRET, type Receiver } from '../../support/webhook-receiver.ts';

const ITEM = {
  kind: 'sla_breach',
  title: '[T-1042] Overdue: Card charged twice',
  text: 'The first answer was due at 10:00.',
  link: 'https://desk.example/tickets/1042',
};

const NOTICE: OutgoingMessage = {
  key: 'breach:01JD.first:lead@example.com',
  to: '',
  thread: null,
  subject: ITEM.title,
  text: ITEM.text,
  voice: 'notice',
  notice: { people: [{ name: 'Mia', email: 'mia@example.com', handle: 'U1' }], items: [ITEM] },
};

describe('notices by webhook', () => {
  let receiver: Receiver;
  beforeAll(async () => void (receiver = await aReceiver(() => MORNING)));
  afterAll(() => receiver.close());
  beforeEach(() => {
    receiver.called.splice(0);
    receiver.answer((response) => response.writeHead(204).end());
  });

  function aNotifier(given: Partial<NotifierGiven> = {}) {
    const shared = { access: receiver.address, secrets: [RECEIVER_SECRET], now: () => MORNING, ask: askHere };
    return createWebhookNotifier({}, { ...shared, ...given });
  }

  it('say what they tell of, signed', async () => {
    const delivery = await aNotifier().send(NOTICE);
    expect(receiver.called[0]?.verified).toEqual({
      type: 'notice.sla_breach',
      timestamp: '2026-11-20T10:00:00Z',
      data: {
        room: null,
        subject: '[T-1042] Overdue: Card charged twice',
        text: 'The first answer was due at 10:00.',
        people: [{ name: 'Mia', email: 'mia@example.com' }],
        items: [ITEM],
      },
    });
    expect(delivery).toEqual({ kind: 'sent', id: receiver.called[0]?.id });
  });

  it('are a digest where several go together, and plain where nobody says of what they tell', async () => {
    const notice = { people: [], items: [ITEM, { ...ITEM, kind: 'assigned' }] };
    await aNotifier().send({ ...NOTICE, notice, to: 'pager' });
    const { notice: _none, ...bare } = NOTICE;
    await aNotifier().send(bare);
    expect(receiver.called.map(({ verified }) => verified)).toMatchObject([
      { type: 'notice.digest', data: { room: 'pager', items: [{ kind: 'sla_breach' }, { kind: 'assigned' }] } },
      { type: 'notice', data: { people: [], items: [] } },
    ]);
  });

  it('have an id that is the same for every attempt, and holds no full stop', async () => {
    for (const key of [NOTICE.key, NOTICE.key, 'another.key']) await aNotifier().send({ ...NOTICE, key });
    const [first, again, other] = receiver.called.map(({ id }) => id);
    expect(first).toMatch(/^ntc_[0-9a-f]{32}$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each([
    [410, 'webhook.gone', 'never'],
    [429, 'webhook.put-off', { afterSeconds: 7 }],
    [500, 'webhook.refused', { afterSeconds: 7 }],
  ])('that are answered %i fail as %s, to be tried again: %o', async (status, code, retry) => {
    receiver.answer((response) => response.writeHead(status, { 'retry-after': '7' }).end());
    const failure: unknown = await aNotifier()
      .send(NOTICE)
      .catch((error: unknown) => error);
    expect(failure instanceof Problem && [failure.code, failure.retry]).toEqual([code, retry]);
  });

  it.each([
    [{ access: null }, 'not sent: the way has no address'],
    [{ secrets: [] }, 'not sent: the way has no secret'],
  ])('go nowhere with %o', async (given, reason) => {
    expect(await aNotifier(given).send(NOTICE)).toMatchObject({ kind: 'not_configured', reason });
    expect(receiver.called).toEqual([]);
  });
});
