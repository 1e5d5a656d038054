import { describe, expect, it } from 'vitest';
import { verifyStandardWebhook } from '../../src/kit/standard-webhooks.ts';
import { hmacOf } from '../support/form-tools.ts';
import { aRequest } from '../support/recorded.ts';

/** The example of the specification, which its libraries test with. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const AT = Temporal.Instant.fromEpochMilliseconds(1_614_265_330_000);

function verify(headers: Partial<typeof HEADERS>, { at = AT, secrets = [SECRET] } = {}) {
  const request = aRequest('application/json', '{"test": 2432232314}', { receivedAt: at });
  return verifyStandardWebhook({ ...request, headers: { ...HEADERS, ...headers } }, { tokens: [], signing: secrets });
}

describe('a signature of Standard Webhooks', () => {
  it('is that of the specification', () => {
    expect(verify({})).toEqual({ authentic: true });
  });

  it('is one of several, as long as a secret changes', () => {
    expect(verify({ 'webhook-signature': `v1,bm9wZQ== v1a,nope ${HEADERS['webhook-signature']}` }).authentic).toBe(
      true,
    );
    expect(verify({}, { secrets: ['whsec_bm9wZQ==', SECRET] }).authentic).toBe(true);
  });

  it('counts a secret that is no key as the text that it is', () => {
    const content = [`${HEADERS['webhook-id']}.${HEADERS['webhook-timestamp']}.`, '{"test": 2432232314}'];
    const signature = `v1,${hmacOf('my words', content, 'base64')}`;
    expect(verify({ 'webhook-signature': signature }, { secrets: ['my words'] }).authentic).toBe(true);
  });

  it.each([
    ['another id', { 'webhook-id': 'msg_2' }],
    ['another time', { 'webhook-timestamp': '1614265331' }],
    ['no signature', { 'webhook-signature': '' }],
  ])('is refused with %s', (_what, headers) => {
    expect(verify(headers).authentic).toBe(false);
  });

  it('is refused when it is old, or of the future', () => {
    expect(verify({}, { at: AT.add({ minutes: 5 }) }).authentic).toBe(true);
    expect(verify({}, { at: AT.add({ minutes: 6 }) })).toEqual({
      authentic: false,
      reason: 'webhook-timestamp is more than five minutes from now',
    });
    expect(verify({}, { at: AT.subtract({ minutes: 6 }) }).authentic).toBe(false);
  });
});
