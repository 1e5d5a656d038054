import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Evidence, type ReasonParams, type Source, STAGES } from '../../src/domain/decision.ts';
import { REASON_CODES, sentenceOf, turnSentence } from '../../src/domain/sentence.ts';
import { aReason } from '../support/builders.ts';
import { fc } from '../support/properties.ts';

const RULE: Source = { kind: 'rule', name: 'Failed payment goes to billing', owner: 'finance lead' };
const SAID: Evidence = { kind: 'text', quote: 'payment failed' };

const ROOT = join(import.meta.dirname, '../..');

/** Every code that a stage or the pipeline names. */
function codesNamed(): string[] {
  const files = ['src/decide', 'src/pipeline', 'src/privacy'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
  );
  const codes = files.flatMap(
    (text) => text.match(new RegExp(`'(?:${STAGES.join('|')})\\.(?!yaml)[a-z_]+'`, 'g')) ?? [],
  );
  return [...new Set(codes.map((quoted) => quoted.slice(1, -1)))].sort();
}

const anyValue = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string({ maxLength: 120 }), { maxLength: 60 }),
);

/** The parameters that stages give, and some that they never do, with any value. */
const PARAMS = readdirSync(join(ROOT, 'src/domain/sentences'))
  .map((name) => readFileSync(join(ROOT, 'src/domain/sentences', name), 'utf8'))
  .flatMap((text) => [...text.matchAll(/params(?:\['|, ')([a-zA-Z]+)'/g)].map((match) => match[1] ?? ''));

const anyParams: fc.Arbitrary<ReasonParams> = fc.dictionary(
  fc.constantFrom(...PARAMS, 'field', 'by', 'toString'),
  anyValue,
);

const anyEvidence: fc.Arbitrary<Evidence> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), quote: fc.string({ maxLength: 500 }) }),
  fc.record({ kind: fc.constant('field' as const), name: fc.string(), value: fc.string({ maxLength: 500 }) }),
);

const anySource: fc.Arbitrary<Source> = fc.oneof(
  fc.record({ kind: fc.constant('rule' as const), name: fc.string({ maxLength: 300 }), owner: fc.string() }),
  fc.record({ kind: fc.constant('person' as const), name: fc.string({ maxLength: 300 }) }),
  fc.constant({ kind: 'default' as const }),
);

const anyReason = fc
  .record({
    code: fc.constantFrom(...REASON_CODES),
    params: anyParams,
    evidence: fc.array(anyEvidence, { maxLength: 5 }),
    source: anySource,
    change: fc.option(
      fc.record({ field: fc.constantFrom('category', 'tags', 'status'), from: anyValue, to: anyValue }),
    ),
  })
  .map((parts) => ({ ...aReason(), ...parts, stage: stageOf(parts.code) }));

function stageOf(code: string) {
  const stage = STAGES.find((name) => code.startsWith(`${name}.`));
  if (stage === undefined) throw new Error(`${code} belongs to no stage`);
  return stage;
}

describe('every reason', () => {
  it('that the code can give has a sentence, and no sentence is without a reason', () => {
    const named = codesNamed();
    expect(named.filter((code) => !REASON_CODES.includes(code))).toEqual([]);
    const made = REASON_CODES.filter((code) => !/^triage\..*_by_rule$/.test(code));
    expect(made.filter((code) => !named.includes(code))).toEqual([]);
  });

  it('is one line of at most 200 characters, whatever its values', () => {
    fc.assert(
      fc.property(anyReason, (reason) => {
        const sentence = sentenceOf(reason);
        expect(sentence.length).toBeLessThanOrEqual(200);
        expect(sentence).not.toMatch(/[\n\r\t\0]/);
        expect(sentence.isWellFormed()).toBe(true);
        expect(sentence).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });

  it('has a code that is known', () => {
    expect(() => sentenceOf(aReason({ code: 'route.magic' }))).toThrow(
      expect.objectContaining({ code: 'reason.unknown-code' }),
    );
    expect(() => sentenceOf(aReason({ code: 'toString' }))).toThrow(
      expect.objectContaining({ code: 'reason.unknown-code' }),
    );
  });
});

describe('a sentence', () => {
  it('names the rule and quotes the evidence', () => {
    const reason = aReason({
      stage: 'route',
      code: 'route.rule',
      params: { queue: 'billing' },
      evidence: [SAID, { kind: 'field', name: 'account.invoice', value: 'unpaid' }],
      source: RULE,
    });
    expect(sentenceOf(reason)).toBe(
      'To billing, because the text says “payment failed” and account.invoice is unpaid (rule Failed payment goes to billing).',
    );
  });

  it('says who got a ticket, how, among how many, and what nobody there could do', () => {
    const assigned = aReason({
      stage: 'route',
      code: 'route.assigned',
      params: {
        agent: 'Ana',
        queue: 'billing',
        method: 'load',
        tieBreak: 'least_recently_assigned',
        among: ['Ana', 'Cy'],
        unmet: ['Spanish'],
        unmetWhy: 'is on shift',
        overCap: false,
      },
    });
    expect(sentenceOf(assigned)).toBe(
      'To Ana by load from billing, least recently assigned of 2; nobody with Spanish is on shift.',
    );
  });

  it('says of a VIP’s ticket that it went over the cap', () => {
    const params = { agent: 'Ana', queue: 'support', method: 'round_robin', among: ['Ana'], overCap: true };
    expect(sentenceOf(aReason({ stage: 'route', code: 'route.assigned', params }))).toBe(
      'To Ana by round robin from support, who alone can take it now, one over the cap because it is urgent.',
    );
  });

  it('says for whom a ticket waits', () => {
    const params = {
      queue: 'support',
      method: 'load',
      excluded: ['Ana: at cap', 'Ben: off shift', 'Cy: away', 'Dee: at cap'],
    };
    const reason = aReason({ stage: 'route', code: 'route.waiting', params });
    expect(sentenceOf(reason)).toBe(
      'Waits in support, because nobody can take it now: Ana: at cap, Ben: off shift, Cy: away and Dee: at cap.',
    );
    const many = { ...params, excluded: [...params.excluded, 'Eli: at cap'] };
    expect(sentenceOf({ ...reason, params: many })).toBe(
      'Waits in support, because nobody can take it now: 3 at cap, 1 off shift and 1 away.',
    );
  });

  it('says what a refused edit could have been', () => {
    const params = {
      by: 'Lea',
      field: 'category',
      value: 'bilings',
      why: 'unknown',
      allowed: ['billing', 'technical'],
    };
    expect(sentenceOf(aReason({ stage: 'edit', code: 'edit.refused', params }))).toBe(
      '“bilings” is no category of this desk; put back. It can be billing or technical.',
    );
  });

  it('shortens what a customer wrote, between words, and keeps it on one line', () => {
    const quote = `my payment\nfailed ${'again and '.repeat(40)}`;
    const params = { queue: 'billing' };
    const sentence = sentenceOf(
      aReason({ stage: 'route', code: 'route.rule', params, evidence: [{ kind: 'text', quote }], source: RULE }),
    );
    expect(sentence).toBe(
      'To billing, because the text says “my payment failed again and again and again and again and…” (rule Failed payment goes to billing).',
    );
  });

  it('does not let a customer turn its direction', () => {
    const turned: Evidence = { kind: 'text', quote: 'safe\u202egnp.exe' };
    const reason = aReason({ stage: 'route', code: 'route.rule', params: { queue: 'billing' }, evidence: [turned] });
    expect(sentenceOf(reason)).toBe('To billing, because the text says “safegnp.exe”.');
  });
});

describe('the sentence of a turn', () => {
  const category = aReason({
    stage: 'triage',
    code: 'triage.category_by_rule',
    change: { field: 'category', from: null, to: 'billing' },
    evidence: [SAID],
    source: RULE,
  });
  const priority = aReason({
    stage: 'triage',
    code: 'triage.priority_by_rule',
    change: { field: 'priority', from: 'medium', to: 'high' },
    source: RULE,
  });
  const assigned = aReason({
    stage: 'route',
    code: 'route.assigned',
    params: { agent: 'Bea', queue: 'billing', method: 'round_robin', among: ['Bea'] },
    change: { field: 'assignee', from: null, to: 'Bea' },
  });
  const received = aReason({
    stage: 'intake',
    code: 'intake.received',
    params: { channel: 'website', requester: 'G' },
  });

  it('tells category, priority, proof, person and rule in one', () => {
    expect(turnSentence([received, category, priority, assigned])).toBe(
      'Billing, high priority, because the text says “payment failed”; to Bea by round robin (rule Failed payment goes to billing).',
    );
  });

  it('says that nobody has it yet', () => {
    const waiting = aReason({
      stage: 'route',
      code: 'route.waiting',
      params: { queue: 'billing', excluded: ['Bea: away'] },
    });
    expect(turnSentence([category, waiting])).toBe(
      'Billing, because the text says “payment failed”; waits in billing (rule Failed payment goes to billing).',
    );
  });

  it('leaves out what does not fit', () => {
    const long: Source = { kind: 'rule', name: 'A rule with a name that goes on and on, to be exact', owner: 'x' };
    const quote = 'my payment failed again and again and nobody ever answered me';
    const twice: Evidence[] = [
      { kind: 'text', quote },
      { kind: 'text', quote: 'the card was declined' },
    ];
    const sentence = turnSentence([{ ...category, source: long, evidence: twice }, priority, assigned]);
    expect(sentence).toBe(
      'Billing, high priority, because the text says “my payment failed again and again and nobody ever answered…” and the text says “the card was declined”; to Bea by round robin.',
    );
  });

  it('is about the person when the category is known', () => {
    expect(turnSentence([assigned])).toBe('To Bea by round robin from billing, who alone can take it now.');
  });

  it('answers a refused edit before all else', () => {
    const params = { by: 'Lea', field: 'queue', value: 'nowhere', why: 'unknown', allowed: ['support'] };
    const refused = aReason({ stage: 'edit', code: 'edit.refused', params });
    expect(turnSentence([refused, category, assigned])).toBe(
      '“nowhere” is no queue of this desk; put back. It can be support.',
    );
  });

  it('tells of a hand-off before what follows from it', () => {
    const params = { by: 'Ana', from: 'support', to: 'billing', reason: 'An invoice' };
    const moved = aReason({ stage: 'handoff', code: 'handoff.moved', params });
    expect(turnSentence([moved, category, assigned])).toBe('Ana handed it from support to billing: An invoice.');
  });

  it('leaves the column as it is when there is nothing to tell', () => {
    const counted = aReason({
      stage: 'intake',
      code: 'intake.replied',
      params: { name: 'Greta', contacts: 2 },
      change: { field: 'contactCount', from: 1, to: 2 },
    });
    expect(turnSentence([received, counted])).toBeNull();
    expect(turnSentence([])).toBeNull();
  });
});
