import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../src/decide/legal-edit.ts';
import type { Policy } from '../../src/decide/policy.ts';
import { triage } from '../../src/decide/triage.ts';
import { sentenceOf } from '../../src/domain/sentence.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { aConfig } from '../support/config.ts';
import { aPolicy, aRequester, aTicket, aTurn, received } from '../support/builders.ts';

const FILES = {
  'triage.yaml': `
categories: [billing]
tags: [payment, shop, vip, web, urgent]
tagsFrom:
  fields.product: { Web shop: shop }
  requester.account.plan: { gold: [vip] }
  channel: { website: web }
rules:
  - { name: Money, why: because, owner: Ana, when: { text: { mentions: [card] } }, then: { category: billing, tags: [payment] } }
  - { name: First, why: because, owner: Ana, when: { tags: vip }, then: { tags: [urgent] } }
`,
};

describe('tags', () => {
  it('come from words, form choices, the account and the channel, and rules see them (A-018)', () => {
    const { policy } = aConfig(FILES);
    const ticket = aTicket({
      fields: { Product: 'web shop' },
      requester: aRequester({ account: { plan: 'Gold' } }),
      description: 'My card was charged.',
    });
    const turn = aTurn({ ticket, policy });
    triage(turn);
    expect(turn.ticket.tags).toEqual(['shop', 'vip', 'web', 'payment', 'urgent']);
    const [reason] = turn.finish().reasons.filter(({ code }) => code === 'triage.tags_by_fields');
    expect(reason === undefined ? '' : sentenceOf(reason)).toBe(
      'Tagged shop, vip, web, because product in the form is web shop and the account’s plan is Gold and channel is website (tagsFrom).',
    );
  });

  it('say of a test that it is one, unless the list is closed and has no such tag', () => {
    const occasion = received({ isTest: true });
    const tagged = (policy: Policy) => {
      const turn = aTurn({ ticket: aTicket({ description: '' }), policy, occasion });
      triage(turn);
      return turn.ticket.tags;
    };
    expect(tagged(aPolicy())).toEqual(['test']);
    expect(tagged(aConfig(FILES).policy)).toEqual(['web']);
  });

  it('are the options of the column, and others are turned down, where the list is closed (A-018)', () => {
    const { policy } = aConfig(FILES);
    const column = deskColumns(policy).find(({ name }) => name === 'tags');
    expect(column?.type).toEqual({ kind: 'choices', options: ['payment', 'shop', 'vip', 'web', 'urgent'] });
    const edit = { field: 'tags' as const, from: ['old'], to: ['old', 'vip', 'mine'] };
    expect(refusalOf(edit, policy)).toMatchObject({
      why: 'unknown',
      allowed: ['payment', 'shop', 'vip', 'web', 'urgent'],
    });
    expect(refusalOf({ ...edit, to: ['old', 'vip'] }, policy)).toBeNull();
    expect(refusalOf(edit, aPolicy())).toBeNull();
  });
});
