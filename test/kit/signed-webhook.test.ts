import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { ask } from '../../src/kit/ask.ts';
import type { Ask } from '../../src/kit/connector.ts';
import { guardedFetch } from '../../src/kit/guarded-fetch.ts';
import { callWebhook, refusalOf, type WebhookTarget } from '../../src/kit/signed-webhook.ts';
import { MORNING } from '../support/builders.ts';
import { aReceiver, askHere, RECEIVER_SECRET, type Receiver } from '../support/webhook-receiver.ts';

const USUAL = { maxBytes: 1000, timeoutSeconds: 5, maxRedirects: 0 };

const CALL = { id: 'evt_1', body: '{"type":"ticket.created","data":"Zoë"}', at: MORNING };

describe('a signed webhook', () => {
  let receiver: Receiver;
  beforeAll(async () => void (receiver = await aReceiver(() => MORNING)));
  afterAll(() => receiver.close());
  beforeEach(() => {
    receiver.called.splice(0);
    receiver.answer((response) => response.writeHead(204).end());
  });

  const target = (given: Partial<WebhookTarget> = {}): WebhookTarget => ({
    url: receiver.address,
    secrets: [RECEIVER_SECRET],
    ask: askHere,
    ...given,
  });

  it('is what the library of Standard Webhooks takes for good', async () => {
    expect(await callWebhook(target(), CALL)).toEqual({ status: 204, text: '', waitSeconds: 0 });
    expect(receiver.called).toMatchObject([
      {
        id: 'evt_1',
        verified: { type: 'ticket.created', data: 'Zoë' },
        headers: { 'content-type': 'application/json' },
      },
    ]);
  });

  it('bears two signatures while its secret is changed, and either is enough', async () => {
    await callWebhook(target({ secrets: ['whsec_bmV3IGtleSBvZiB0aGUgdGVzdHM=', RECEIVER_SECRET] }), CALL);
    expect(String(receiver.called[0]?.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect(receiver.called[0]?.verified).toBeDefined();
  });

  it('is not believed with another secret', async () => {
    await callWebhook(target({ secrets: ['my words'] }), CALL);
    expect(receiver.called).toMatchObject([{ id: 'evt_1', verified: undefined }]);
  });

  it('is signed with what the specification publishes', async () => {
    const at = Temporal.Instant.fromEpochMilliseconds(1_614_265_330_000);
    await callWebhook(target(), { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', at });
    expect(receiver.called[0]?.headers).toMatchObject({
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it.each(['http://127.0.0.1/', 'https://169.254.169.254/latest', 'https://[::1]/', 'http://2130706433/', 'ftp://a/'])(
    'goes to %s for nobody who may reach the internet alone',
    async (url) => expect(await codeOf(target({ url, ask }))).toBe('webhook.address-refused'),
  );

  it.each(['127.0.0.1', '169.254.169.254', '10.0.0.1'])('goes to no name that leads to %s', async (address) => {
    const resolve = () => Promise.resolve([{ address, family: 4 }]);
    const rebound: Ask = (url, asked) => guardedFetch(url, { ...USUAL, ...asked, resolve });
    const url = `http://rebound.example:${receiver.port}/`;
    expect(await codeOf(target({ url, ask: rebound }))).toBe('webhook.address-refused');
    expect(receiver.called).toEqual([]);
  });

  it('follows no redirect', async () => {
    receiver.answer((response) => response.writeHead(307, { location: 'http://169.254.169.254/' }).end());
    const answer = await callWebhook(target(), CALL);
    expect([answer.status, refusalOf(answer)?.code]).toEqual([307, 'webhook.refused']);
    expect(receiver.called).toHaveLength(1);
  });

  it('reads of an answer how it begins, however long it is', async () => {
    receiver.answer((response) => response.writeHead(200).end('x'.repeat(100_000)));
    expect(await callWebhook(target(), CALL)).toEqual({ status: 200, text: 'x'.repeat(1000), waitSeconds: 0 });
  });

  it.each([
    [400, {}, 'webhook.refused', 'later'],
    [500, {}, 'webhook.refused', 'later'],
    [500, { 'retry-after': '90' }, 'webhook.refused', { afterSeconds: 90 }],
    [429, { 'retry-after': '120' }, 'webhook.put-off', { afterSeconds: 120 }],
    [503, { 'retry-after': 'Fri, 20 Nov 2026 10:01:30 GMT' }, 'webhook.put-off', { afterSeconds: 90 }],
    [503, { 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' }, 'webhook.put-off', 'later'],
    [429, { 'retry-after': '99999999' }, 'webhook.put-off', { afterSeconds: 86_400 }],
    [410, {}, 'webhook.gone', 'never'],
  ])('answered %i %o is %s, and worth another attempt: %o', async (status, headers, code, retry) => {
    receiver.answer((response) => response.writeHead(status, headers).end());
    const refusal = refusalOf(await callWebhook(target(), CALL));
    expect([refusal?.code, refusal?.retry]).toEqual([code, retry]);
  });

  it('says what the receiver said against it', async () => {
    receiver.answer((response) => response.writeHead(422).end('{"error":\n "no such   field"}'));
    expect(refusalOf(await callWebhook(target(), CALL))?.message).toBe(
      'The receiver answered 422: {"error": "no such field"}.',
    );
  });
});

async function codeOf(target: WebhookTarget) {
  const failure: unknown = await callWebhook(target, CALL).catch((error: unknown) => error);
  return failure instanceof Problem ? failure.code : failure;
}
