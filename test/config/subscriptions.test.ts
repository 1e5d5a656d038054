import { describe, expect, it } from 'vitest';
import { subscriptionsOf } from '../../src/config/subscriptions.ts';
import { Events } from '../../src/config/written/events.ts';
import { findingsOf } from '../support/config.ts';

const CRM = `
subscriptions:
  crm:
    why: Sales sees in the CRM what their accounts ask.
    owner: sales lead
    url: env:CRM_URL
    secret: [env:CRM_SECRET_NEW, env:CRM_SECRET]
    events: [ticket.created]
`;

function read(yaml: object, environment: Record<string, string>) {
  const written = Events.parse({
    subscriptions: { crm: { why: 'W.', owner: 'o', secret: 'env:S', url: 'env:U', ...yaml } },
  });
  const [found] = subscriptionsOf(written, environment, {
    calendars: {},
    timeZone: 'UTC',
    lastResort: ['it@x.example'],
  });
  return found;
}

describe('subscriptions of events.yaml', () => {
  it('take address and secrets from the environment, of two secrets those that are set', () => {
    const secret = ['env:NEW', 'env:OLD'];
    expect(read({ secret, events: ['ticket.*'] }, { U: 'https://a.example', OLD: 'whsec_b2xk' })).toMatchObject({
      url: 'https://a.example',
      secrets: ['whsec_b2xk'],
      missingSecrets: ['NEW'],
      messages: false,
      internal: false,
      notify: ['it@x.example'],
    });
    expect(read({ events: ['ticket.*'] }, {})).toMatchObject({ url: null, secrets: [], missingSecrets: ['U', 'S'] });
  });

  it('take a star for all events', () => {
    expect(read({ events: ['ticket.*', 'ticket.created'] }, {})?.events.size).toBe(18);
    expect([...(read({ events: ['ticket.created'] }, {})?.events ?? [])]).toEqual(['ticket.created']);
  });

  it('are in order as the docs have them, and say which secrets are not set', () => {
    expect(findingsOf({ 'events.yaml': CRM })).toEqual([
      expect.stringContaining('CRM_URL is not set, so that events for "crm" wait'),
      expect.stringContaining('CRM_SECRET_NEW is not set, so that events for "crm" wait'),
      expect.stringContaining('CRM_SECRET is not set, so that events for "crm" wait'),
    ]);
  });

  it.each([
    ['ticket.created', 'ticket.creatd', '"ticket.creatd" is not an event', 'ticket.created'],
    [
      'env:CRM_URL',
      'http://crm.example/hook',
      'anybody on the way could read what is sent to http://',
      'internal: true',
    ],
    ['env:CRM_URL', 'crm.example', 'is neither an address of the web nor env:NAME', ''],
    ['  crm:', '  Our CRM:', 'is not a name for an address', ''],
    ['    owner: sales lead\n', '', 'owner', ''],
    [
      '[ticket.created]',
      '[ticket.created]\n    when: { categori: billing }',
      '"categori" is not a key here',
      'category',
    ],
    [
      '[ticket.created]',
      '[ticket.created]\n    notify: Anna',
      '"Anna" is not an agent, and no mail address either',
      '',
    ],
  ])('are refused with %s changed to %s: %s', (right, wrong, message, fix) => {
    const findings = findingsOf({ 'events.yaml': CRM.replace(right, wrong) }).join('\n');
    expect(findings).toContain(message);
    expect(findings).toContain(fix);
  });
});
