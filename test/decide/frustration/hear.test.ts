import { describe, expect, it } from 'vitest';
import { applyEffect } from '../../../src/decide/apply.ts';
import { decide } from '../../../src/decide/index.ts';
import type { Policy } from '../../../src/decide/policy.ts';
import type { Occasion } from '../../../src/domain/occasion.ts';
import type { Opinion, Reading } from '../../../src/domain/opinion.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { frustrationOf } from '../../../src/domain/frustration.ts';
import { aModel, advised, anOpinion, aReading, asked } from '../../support/opinions.ts';
import { ALWAYS, aPolicy, aRule, aTicket, MORNING, received, someFacts } from '../../support/builders.ts';

const ANGRY = 'I am sick of this. You charged me twice, and nobody answers.';
const POLITE = 'Could you please look at this as soon as possible? Many thanks!';

const RAISES = { frustration: { from: 'angry', upTo: 'high' } } as const;

function raising(triage: Partial<Policy['triage']> = {}): Policy {
  return aPolicy({ triage: { ...RAISES, ...triage } });
}

function judge(policy: Policy, ticket: Ticket, occasion: Occasion) {
  const judgement = decide(ticket, occasion, { policy, facts: someFacts(), now: MORNING });
  const after = judgement.effects.reduce((each, effect) => applyEffect(each, effect, MORNING), ticket);
  return { after, sentences: judgement.reasons.map(sentenceOf), codes: judgement.reasons.map(({ code }) => code) };
}

function arrived(policy: Policy, description: string) {
  return judge(policy, aTicket({ subject: 'Payment', description }), received({ text: description }));
}

function writes(text: string): Occasion {
  return { kind: 'replied', by: 'customer', name: 'Greta', text, at: MORNING };
}

function anOpinionOf(frustration: Reading['frustration']): Opinion {
  return anOpinion({ from: 'language_model', reading: aReading({ frustration }) });
}

describe('lost patience', () => {
  it('raises the priority by one, with the words that tell it (A-032)', () => {
    const { after, sentences } = arrived(raising(), ANGRY);
    expect(after.priority).toBe('high');
    expect(sentences).toContain(
      'Priority high, one up from medium: the requester is angry: “sick of this”, “nobody answers”.',
    );
  });

  it('raises nobody who is only in a hurry (A-032)', () => {
    expect(arrived(raising(), POLITE).after.priority).toBe('medium');
  });

  it('is not looked for on a desk that does not ask, and changes nothing there', () => {
    const { after, codes } = arrived(aPolicy(), ANGRY);
    expect(after).toMatchObject({ priority: 'medium', temper: null });
    expect(codes).not.toContain('triage.frustration');
  });

  it('raises what a rule says, never beyond what the config allows, and never a person’s choice', () => {
    const low = raising({ rules: [aRule({ priority: 'low' })] });
    expect(arrived(low, ANGRY).after.priority).toBe('medium');
    const high = raising({ rules: [aRule({ priority: 'high' })] });
    expect(arrived(high, ANGRY).after.priority).toBe('high');
    const overrides = { priority: { by: 'Ana', at: MORNING, from: null, to: 'low' } } as const;
    const chosen = aTicket({ description: ANGRY, priority: 'low', overrides });
    expect(judge(raising(), chosen, received()).after.priority).toBe('low');
  });

  it('raises a ticket when it shows in a later message, once', () => {
    const { after: before } = arrived(raising(), POLITE);
    const { after } = judge(raising(), before, writes(ANGRY));
    expect(after.priority).toBe('high');
    const again = judge(
      raising({ frustration: { from: 'annoyed', upTo: 'high' } }),
      after,
      writes(`${ANGRY} Again!!!`),
    );
    expect(again.after.priority).toBe('high');
    expect(again.codes).not.toContain('triage.priority_raised');
  });

  it('raises by one what triage finds later, too', () => {
    const policy = raising({ defaultPriority: 'low', priorityBySeverity: { low: 'low', medium: 'medium' } });
    const { after } = judge(policy, aTicket({ description: ANGRY, priority: 'low' }), received({ text: ANGRY }));
    expect(after.priority).toBe('medium');
    const changes = [{ field: 'severity', from: null, to: 'medium' }] as const;
    const edited = judge(policy, after, { kind: 'edited', by: 'Ana', at: MORNING, changes });
    expect(edited.after.priority).toBe('high');
  });

  it('raises a ticket of which something must be asked first', () => {
    const ask = [{ field: 'order', question: 'Which order?', choices: [], rememberMinutes: null }];
    const times = { remindAfterMinutes: null, giveUpAfterMinutes: 60, calendar: null };
    const said = { name: 'Order', why: 'None is found without.', owner: 'Ana', place: 'intake.yaml:2' };
    const clarify = [{ ...said, when: ALWAYS, ask, template: 'missing', ...times }];
    const policy = aPolicy({ triage: RAISES, intake: { clarify } });
    const { after } = arrived(policy, ANGRY);
    expect(after).toMatchObject({ status: 'needs_info', priority: 'high' });
    const answered = judge(policy, { ...after, fields: { order: '4711' } }, writes('It is 4711.'));
    expect(answered.after).toMatchObject({ priority: 'high' });
    expect(answered.after.clarification?.endedAt).toEqual(MORNING);
  });

  it('does not become less with a kinder message, nor is it read from what a mail quotes', () => {
    const { after: angry } = arrived(raising(), ANGRY);
    expect(frustrationOf(judge(raising(), angry, writes(POLITE)).after)).toBe('angry');
    const { after: calm } = arrived(raising(), POLITE);
    const quoting = `Here is the file.\n\n> ${ANGRY}\n`;
    expect(frustrationOf(judge(raising(), calm, writes(quoting)).after)).toBe('none');
  });

  it('can be asked for by a rule, at the first message and later', () => {
    const when = { kind: 'is', field: 'frustration', values: ['angry'] } as const;
    const policy = aPolicy({ triage: { rules: [aRule({ tags: ['upset'] }, { when })] } });
    expect(arrived(policy, ANGRY).after.tags).toEqual(['upset']);
    const { after } = arrived(policy, POLITE);
    expect(after.tags).toEqual([]);
    expect(judge(policy, after, writes(ANGRY)).after.tags).toEqual(['upset']);
  });

  it('counts who wrote three times and heard nothing', () => {
    const policy = raising({
      frustration: { from: 'annoyed', upTo: 'high' },
      rules: [aRule({ tags: ['x'] }, { when: ALWAYS })],
    });
    const ticket = aTicket({ contactCount: 2, category: 'billing' });
    const { after, sentences } = judge(policy, ticket, writes('Is there any news?'));
    expect(frustrationOf(after)).toBe('annoyed');
    expect(sentences).toContain('The requester is annoyed: wrote again and heard nothing.');
  });

  it('counts who wrote twice when the first answer is late, and not before', () => {
    const policy = raising({ frustration: { from: 'annoyed', upTo: 'high' } });
    const asksAgain = (firstResponseDueAt: Temporal.Instant) =>
      judge(
        policy,
        aTicket({ contactCount: 1, category: 'billing', firstResponseDueAt }),
        writes('Is there any news?'),
      );
    expect(frustrationOf(asksAgain(MORNING).after)).toBe('annoyed');
    expect(frustrationOf(asksAgain(MORNING.add({ minutes: 1 })).after)).toBe('none');
  });

  it('counts whose ticket was resolved twice and came back, though somebody answered', () => {
    const policy = raising({ frustration: { from: 'annoyed', upTo: 'high' } });
    const cameBack = (reopenCount: number) =>
      judge(policy, aTicket({ reopenCount, category: 'billing', lastAgentMessageAt: MORNING }), writes('It leaks.'));
    expect(cameBack(2).sentences).toContain('The requester is annoyed: it was resolved twice and came back.');
    expect(frustrationOf(cameBack(1).after)).toBe('none');
  });
});

describe('a language model', () => {
  it('counts before the words of the request (A-032)', () => {
    const temper = { level: 'angry', quotes: ['sick of'], isOfRequest: true } as const;
    expect(frustrationOf({ temper, opinions: [anOpinionOf('none')] })).toBe('none');
    expect(frustrationOf({ temper: null, opinions: [anOpinionOf('angry')] })).toBe('angry');
    expect(frustrationOf({ temper, opinions: [anOpinionOf(null)] })).toBe('angry');
  });

  it('raises by one what words did not, and nothing a second time (A-032)', () => {
    const wishes = { model: aModel({ takes: ['severity'] }), priorityBySeverity: { low: 'low' } } as const;
    const policy = raising({ ...wishes, defaultPriority: 'low' });
    const calm = aTicket({ description: POLITE, priority: 'low', needsReview: true });
    const says = advised(calm, { reading: aReading({ frustration: 'angry', severity: 'low' }) });
    expect(judge(policy, { ...calm, advice: asked(calm) }, says).after.priority).toBe('medium');
    const angry = { ...calm, priority: 'medium', temper: { level: 'angry', quotes: [], isOfRequest: true } } as const;
    expect(judge(policy, { ...angry, advice: asked(angry) }, says).after.priority).toBe('medium');
  });

  it('has not read what the requester wrote since', () => {
    const temper = { level: 'angry', quotes: ['sick of'], isOfRequest: false } as const;
    expect(frustrationOf({ temper, opinions: [anOpinionOf('none')] })).toBe('angry');
  });
});
