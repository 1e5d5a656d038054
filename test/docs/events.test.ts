import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createIds } from '../../src/kit/new-ids.ts';
import { callWebhook } from '../../src/kit/signed-webhook.ts';
import { recordEvents, type Teller } from '../../src/pipeline/events.ts';
import { at, aReason, aTicket, MORNING } from '../support/builders.ts';
import { findingsOf } from '../support/config.ts';
import { aSubscription } from '../support/subscriptions.ts';
import { atTime, RECEIVER_SECRET } from '../support/webhook-receiver.ts';

const PAGE = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1] ?? '';
}

describe('docs/events.md', () => {
  it('has an example that loads as it stands, but for its secrets', () => {
    const files = { 'events.yaml': block('yaml'), 'triage.yaml': 'categories: [billing]\n' };
    const findings = findingsOf(files).filter((each) => each.includes('events.yaml'));
    expect(findings.flatMap((each) => /(CRM_\w+) is not set/.exec(each)?.[1] ?? each)).toEqual([
      'CRM_WEBHOOK_URL',
      'CRM_WEBHOOK_SECRET',
    ]);
  });

  it('shows a body as it is sent (A-110)', () => {
    const why = 'Ana changed priority from low to high.';
    const before = aTicket({
      key: '01JD3Q8Z5XK6T2M4N7P9R1S3V5',
      subject: 'Card charged twice',
      status: 'open',
      category: 'billing',
      assignee: 'Ana',
      createdAt: at('2026-11-20T09:00:00Z'),
      updatedAt: MORNING,
      requester: { name: 'Greta Holm', email: 'greta@example.com', account: {} },
    });
    const source = { kind: 'person', name: 'Ana' } as const;
    const change = { field: 'priority', from: 'low', to: 'high' } as const;
    const params = { by: 'Ana', field: 'priority', from: 'low', to: 'high' };
    const reason = aReason({ stage: 'edit', code: 'edit.changed', params, change, source });
    const teller: Teller = {
      config: { subscriptions: [aSubscription({ events: new Set(['ticket.priority_changed']) })] },
      records: { events: [] },
      now: MORNING,
      newId: createIds(),
    };
    const after = { ...before, priority: 'high' as const, why };
    const was = { ...before, priority: 'low' as const };
    recordEvents(teller, { before: was, after, occasion: { kind: 'due' }, reasons: [reason], letters: [] });
    expect(teller.records.events.map(({ body }): unknown => JSON.parse(body))).toEqual([JSON.parse(block('json'))]);
  });

  it('has lines for Node that believe us and nobody else', async () => {
    const Checker = z.object({
      isFromDesk: z.custom<(...given: unknown[]) => unknown>((value) => typeof value === 'function'),
    });
    const { isFromDesk } = Checker.parse(await import(`data:text/javascript,${encodeURIComponent(block('js'))}`));
    const posted: { headers: Record<string, string>; body: string }[] = [];
    await callWebhook(
      {
        url: 'https://crm.example/',
        secrets: ['whsec_bmV3', RECEIVER_SECRET],
        async ask(url, { headers = {}, body = new Uint8Array() }) {
          posted.push({ headers, body: Buffer.from(body).toString() });
          return { status: 204, headers: {}, body: Buffer.alloc(0), url };
        },
      },
      { id: 'evt_1', body: '{"type":"test"}', at: MORNING },
    );
    const believed = (...given: unknown[]) => atTime(MORNING, () => isFromDesk(...given));
    const [{ headers, body } = { headers: {}, body: '' }] = posted;
    expect(believed(headers, body, RECEIVER_SECRET)).toBe(true);
    expect(believed(headers, `${body} `, RECEIVER_SECRET)).toBe(false);
    expect(believed(headers, body, 'whsec_b3RoZXI=')).toBe(false);
    expect(believed({ ...headers, 'webhook-timestamp': '1' }, body, RECEIVER_SECRET)).toBe(false);
    expect(believed({}, body, RECEIVER_SECRET)).toBe(false);
  });
});
