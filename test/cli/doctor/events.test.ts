import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkEvents, type EventsCheck } from '../../../src/cli/doctor/events.ts';
import { MORNING } from '../../support/builders.ts';
import { aSubscription } from '../../support/subscriptions.ts';
import { aReceiver, type Receiver } from '../../support/webhook-receiver.ts';

/** Names as a name server knows them. */
const HOSTS: Readonly<Record<string, string>> = { 'crm.example': '93.184.216.34', 'n8n.local': '10.0.0.7' };

const CHECK: EventsCheck = {
  resolve: async (host) => {
    const address = HOSTS[host];
    if (address === undefined) throw new Error('not found');
    return [{ address }];
  },
  sendTest: false,
  now: () => MORNING,
};

describe('doctor, of those who follow tickets', () => {
  let receiver: Receiver;
  beforeAll(async () => void (receiver = await aReceiver(() => MORNING)));
  afterAll(() => receiver.close());

  it.each([
    ['https://crm.example/hook', false, 'good', 'crm.example, the host of "crm", may be called.'],
    ['http://n8n.local:5678/webhook/x', true, 'good', 'n8n.local, the host of "crm", may be called.'],
    ['http://crm.example/hook', false, 'error', 'begins with http://'],
    ['https://n8n.local/hook', false, 'error', 'leads into a network of your own'],
    ['https://crn.example/hook', false, 'error', 'crn.example, the host of "crm", cannot be found.'],
    ['ftp://crm.example', true, 'error', 'is none of the web'],
  ])('says of %s, internal: %s, that it is %s', async (url, internal, sign, message) => {
    const [found] = await checkEvents([aSubscription({ url, internal })], CHECK);
    expect([found?.sign, found?.message]).toEqual([sign, expect.stringContaining(message)]);
    expect(receiver.called).toEqual([]);
  });

  it('sends a test where it is asked to, and says what was answered', async () => {
    const check = { ...CHECK, sendTest: true, resolve: async () => [{ address: '127.0.0.1' }] };
    const all = [aSubscription({ url: receiver.address }), aSubscription({ name: 'erp', secrets: [] })];
    expect(await checkEvents(all, check)).toMatchObject([
      { sign: 'good', message: '"crm" took a test, and answered 204.' },
    ]);
    expect(receiver.called[0]?.verified).toMatchObject({ type: 'test' });
    receiver.answer((response) => response.writeHead(404).end());
    expect(await checkEvents(all, check)).toMatchObject([{ sign: 'error', message: 'The receiver answered 404.' }]);
  });
});
