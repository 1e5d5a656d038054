import type { SubscriptionConfig } from '../../src/config/subscriptions.ts';
import { EVENT_TYPES } from '../../src/domain/ticket-event.ts';
import { ALWAYS } from './builders.ts';
import { RECEIVER_SECRET } from './webhook-receiver.ts';

/** A system that follows everything, on this machine. */
export function aSubscription(overrides: Partial<SubscriptionConfig> = {}): SubscriptionConfig {
  return {
    name: 'crm',
    why: 'Sales sees what their accounts ask.',
    owner: 'sales lead',
    url: 'http://127.0.0.1:1/hook',
    secrets: [RECEIVER_SECRET],
    missingSecrets: [],
    events: new Set(EVENT_TYPES),
    when: ALWAYS,
    messages: false,
    internal: true,
    notify: ['it@example.com'],
    ...overrides,
  };
}
