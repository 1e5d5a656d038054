import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import { checkConfig } from '../../src/config/load.ts';
import { renderReply } from '../../src/config/replies.ts';
import { CONFIG_FILES } from '../../src/config/written/index.ts';
import { decide } from '../../src/decide/index.ts';
import type { Policy } from '../../src/decide/policy.ts';
import { applyEffect } from '../../src/decide/apply.ts';
import { ownerOf, type Ticket } from '../../src/domain/ticket.ts';
import { at, aTicket, received, someFacts } from '../support/builders.ts';

const CONFIG = resolve(import.meta.dirname, '../../config');
const NAMES = globSync('{*.yaml,replies/*.md}', { cwd: CONFIG });
const FILES = Object.fromEntries(NAMES.map((name) => [name, readFileSync(join(CONFIG, name), 'utf8')]));

function starter(environment: Record<string, string> = { JSON_TOKEN: 'for tests only' }) {
  const result = checkConfig(FILES, { folder: 'config', environment, connectors: CONNECTORS });
  if ('loaded' in result) return result.loaded;
  throw new Error(JSON.stringify(result.findings, null, 2));
}

/** A new ticket as it stands after the first look at it. */
function judged(policy: Policy, wishes: Partial<Ticket>): Ticket {
  const ticket = aTicket({ queue: policy.routing.defaultQueue, channel: 'website', ...wishes });
  const loads = policy.agents.map(({ name }) => ({ name, open: 0, lastAssignedAt: null, away: false }));
  const occasion = received({ subject: ticket.subject, text: ticket.description });
  const { effects } = decide(ticket, occasion, { policy, facts: someFacts({ loads }), now: ticket.openedAt });
  return effects.reduce((now, effect) => applyEffect(now, effect, ticket.openedAt), ticket);
}

describe('the starter config', () => {
  const { policy, channels, warnings } = starter();

  it('has nothing that the check finds fault with', () => {
    expect(warnings).toEqual([]);
  });

  it('only misses the token that main.ts makes', () => {
    expect(starter({}).warnings.map(({ message }) => message)).toEqual([
      'JSON_TOKEN is not set, so that the channel "json" takes nothing',
    ]);
  });

  it('starts narrow (A-110)', () => {
    expect(policy.categories).toEqual(['billing', 'bug', 'question']);
    expect(policy.triage.rules.length).toBeLessThanOrEqual(6);
    expect(policy.agents.length).toBeLessThanOrEqual(3);
  });

  it('takes requests by a form, as JSON, and on the pages of tickets', () => {
    expect(Object.values(channels).map(({ name, kind, title }) => ({ name, kind, title }))).toEqual([
      { name: 'website', kind: 'form', title: 'Website' },
      { name: 'json', kind: 'json', title: 'JSON webhook' },
      { name: 'portal', kind: 'portal', title: 'Ticket page' },
    ]);
  });

  it.each(Object.keys(CONFIG_FILES).filter((file) => FILES[file] !== undefined))(
    '%s tells the editor its schema',
    (file) => {
      expect(FILES[file]?.split('\n')[0]).toBe(
        `# yaml-language-server: $schema=schema/${file.replace('.yaml', '.schema.json')}`,
      );
    },
  );

  it.each([
    ['on a Tuesday morning', '2026-11-17T09:00:00Z'],
    ['on a Tuesday at 03:00', '2026-11-17T03:00:00Z'],
    ['on a Friday evening', '2026-11-20T22:00:00Z'],
    ['on a Sunday', '2026-11-22T12:00:00Z'],
    ['on New Year', '2027-01-01T00:00:00Z'],
  ])('gives a failed payment a category, a priority, an owner and both due times %s', (_when, openedAt) => {
    const ticket = judged(policy, {
      subject: 'Payment failed twice, my card was charged',
      description: 'Payment failed twice, my card was charged',
      openedAt: at(openedAt),
    });
    expect(ticket).toMatchObject({ category: 'billing', priority: 'high', queue: 'billing', needsReview: false });
    expect(ownerOf(ticket)).not.toBe('');
    expect(ticket.firstResponseDueAt).toBeInstanceOf(Temporal.Instant);
    expect(ticket.resolutionDueAt).toBeInstanceOf(Temporal.Instant);
  });

  it('gives it to a person while one is on shift', () => {
    const words = { subject: 'Payment failed twice', description: 'My card was charged' };
    expect(judged(policy, { ...words, openedAt: at('2026-11-17T09:00:00Z') }).assignee).toBe('Ana Torres');
    expect(judged(policy, { ...words, openedAt: at('2026-11-17T15:00:00Z') }).assignee).toBe('Chloe Martin');
    expect(judged(policy, { ...words, openedAt: at('2026-11-17T03:00:00Z') })).toMatchObject({
      assignee: null,
      queue: 'billing',
    });
  });

  it.each<[string, Partial<Ticket>]>([
    ['Where is my invoice for October?', { category: 'billing', priority: 'medium' }],
    [
      'The export crashes with error 500',
      { category: 'bug', severity: 'medium', priority: 'medium', queue: 'technical' },
    ],
    ["I can't log in, this is urgent", { category: 'bug', priority: 'high' }],
    [
      'Since 9:00 there is an outage',
      { category: 'bug', severity: 'critical', priority: 'critical', tags: ['outage'] },
    ],
    ['How do I add a colleague?', { category: 'question', severity: 'low', priority: 'low', queue: 'support' }],
    ['How do I add a colleague? Not urgent.', { category: 'question', priority: 'low' }],
    ['I need help', { category: null, needsReview: true, queue: 'review', priority: 'medium' }],
  ])('%j', (text, expected) => {
    expect(judged(policy, { subject: text, description: text, openedAt: at('2026-11-17T09:00:00Z') })).toMatchObject(
      expected,
    );
  });

  it('acknowledges in plain words', () => {
    const { acknowledgement } = policy.intake;
    const template = policy.replies[acknowledgement ?? ''];
    expect(
      template &&
        renderReply(
          template,
          {
            'ticket.number': 'T-1001',
            'ticket.subject': 'Payment\nfailed',
            'requester.name': 'Greta',
            'desk.name': 'Help desk',
            'ticket.link': 'https://help.example/ticket/x',
          },
          policy.desk,
        ),
    ).toEqual({
      subject: 'We have your request: Payment failed [T-1001]',
      text: 'Hello Greta,\n\nthank you for writing. Your request has arrived as T-1001, and a person will read it and answer you.\n\nIf you want to add something, write again and mention T-1001, so that we see that it belongs here.\n\nYour request has a page of its own, where you can add to it: https://help.example/ticket/x\n\nHelp desk',
    });
  });
});
