import { describe, expect, it } from 'vitest';
import { guess, learn, type Example, type LearnedModel } from '../../../src/knowledge/classifier/index.ts';
import { packModel } from '../../../src/knowledge/classifier/packing.ts';
import { createChance } from '../../support/chance.ts';
import { HELP_CATEGORIES, helpTickets } from '../../support/help-texts.ts';

const PROMISE = { promise: 0.95 };

function learned(examples: readonly Example[], settings = PROMISE) {
  const learning = learn(examples, settings);
  if (learning.kind === 'missing') throw new Error(JSON.stringify(learning.missing));
  return learning;
}

function firstOf(model: LearnedModel, text: string): string | undefined {
  return guess(model, text).categories[0]?.category;
}

describe('learning from tickets', () => {
  const { model, report } = learned(helpTickets(160));

  it('tells the categories of tickets apart that it has never seen', () => {
    const asked = helpTickets(200, 2);
    const right = asked.filter(({ text, category }) => firstOf(model, text) === category);
    expect(right.length).toBeGreaterThanOrEqual(196);
  });

  it('keeps what it promised, and says so in its report', () => {
    const sure = helpTickets(200, 2).filter(({ text }) => guess(model, text).isSure);
    const right = sure.filter(({ text, category }) => firstOf(model, text) === category);
    expect(sure.length).toBeGreaterThan(150);
    expect(right.length / sure.length).toBeGreaterThanOrEqual(0.95);
    expect(report).toMatchObject({ tickets: 160, wrongLabels: 0, leftOut: [] });
    expect(report.precision).toBeGreaterThanOrEqual(0.95);
    expect(report.categories.map(({ category, tickets }) => [category, tickets])).toEqual(
      [...HELP_CATEGORIES].sort().map((category) => [category, 40]),
    );
  });

  it('gives the same model for the same tickets', () => {
    expect(packModel(learned(helpTickets(160)).model)).toEqual(packModel(model));
  });

  it('is sure of nothing that is in another language, of another matter, or of no sense', () => {
    const strangers = [
      'Das Zimmer war sehr laut und das Frühstück kalt',
      'Buenos días, quisiera reservar una mesa para cuatro personas',
      'xkcd qwert zzzz 8231 ---- lorem ipsum',
      'The garden needs rain before the tomatoes dry out',
      '',
    ];
    expect(strangers.filter((text) => guess(model, text).isSure)).toEqual([]);
  });

  it('names the words that speak for its guess and the ticket that is most like it', () => {
    const { words, nearest } = guess(model, 'Can I get a refund for the broken lamp please');
    expect(words).toContain('refund');
    expect(words).not.toContain('the');
    expect(helpTickets(160)[(nearest?.ticket ?? 0) - 1]).toMatchObject({ category: 'refund' });
  });

  it('gives three guesses at most, whose chances add up to no more than one', () => {
    const { categories } = guess(model, 'I want my money back because the parcel has not arrived');
    expect(categories).toHaveLength(3);
    const chances = categories.map(({ confidence }) => confidence);
    expect(chances.reduce((sum, chance) => sum + chance)).toBeLessThanOrEqual(1 + 1e-9);
    expect(chances).toEqual(chances.toSorted((one, other) => other - one));
  });

  it('is the surer the more is promised', () => {
    const thresholds = [0.8, 0.99].map((promise) => learned(helpTickets(160), { promise }).model.threshold);
    expect(thresholds).toEqual(thresholds.toSorted((one, other) => one - other));
  });
});

describe('too little to learn from', () => {
  it('learns nothing from fewer than thirty tickets, and says how many there are', () => {
    expect(learn(helpTickets(29), PROMISE)).toEqual({
      kind: 'missing',
      missing: { tickets: 29, ticketsNeeded: 30, categories: [...HELP_CATEGORIES].sort(), short: [] },
    });
  });

  it('learns nothing where only one category has five tickets, and says which have fewer', () => {
    const one = helpTickets(200).filter(({ category }, index) => category === 'refund' || index < 12);
    expect(learn(one, PROMISE)).toMatchObject({
      kind: 'missing',
      missing: {
        categories: ['refund'],
        short: [
          { category: 'delivery', tickets: 3 },
          { category: 'invoice', tickets: 3 },
          { category: 'password', tickets: 3 },
        ],
      },
    });
  });

  it('is never sure of a category of which it has seen fewer than five tickets', () => {
    const rare = helpTickets(160).filter(({ category }, index) => category !== 'invoice' || index < 16);
    const { model } = learned(rare);
    const asked = helpTickets(120, 3).map(({ text }) => guess(model, text));
    expect(asked.filter(({ isSure, categories: [first] }) => isSure && first?.category === 'invoice')).toEqual([]);
    expect(asked.filter(({ isSure }) => isSure).length).toBeGreaterThan(40);
  });
});

describe('labels that are wrong', () => {
  /** One ticket in nine stands under another category, each under whichever. */
  const random = createChance(4);
  const isWrong = (ticket: number) => ticket % 9 === 0;
  const mislabelled = helpTickets(800).map((example) => {
    const others = HELP_CATEGORIES.filter((category) => category !== example.category);
    const other = others[Math.floor(random() * others.length)] ?? '';
    return isWrong(example.ticket) ? { ...example, category: other } : example;
  });

  const { model, report } = learned(mislabelled, { promise: 0.9 });

  it('are noticed, left out, and do not keep it from being sure', () => {
    expect(report.wrongLabels).toBeGreaterThan(0.03);
    expect(report.leftOut.length).toBeGreaterThan(12);
    expect(report.leftOut.filter((ticket) => !isWrong(ticket))).toEqual([]);
    const asked = helpTickets(200, 2);
    const sure = asked.filter(({ text }) => guess(model, text).isSure);
    expect(sure.length).toBeGreaterThan(130);
    expect(sure.filter(({ text, category }) => firstOf(model, text) !== category)).toEqual([]);
  });

  it('are believed where a person put them right by hand', () => {
    const vouchers = ['FALL20', 'WELCOME5', 'SPRING', 'VIP10', 'FRIEND', 'MAY15'].map((code, index) => ({
      ticket: 801 + index,
      text: `The invoice does not show my voucher ${code}, please send the difference`,
      category: 'refund',
      isCorrected: true,
    }));
    const { model: again, report: anew } = learned([...mislabelled, ...vouchers]);
    expect(anew.leftOut.filter((ticket) => ticket > 800)).toEqual([]);
    expect(vouchers.filter(({ text }) => firstOf(again, text) !== 'refund')).toEqual([]);
  });

  it('show in the report, with what was said of them instead', () => {
    const { confusing } = report;
    const right = confusing.filter(({ ticket, said }) => helpTickets(800)[ticket - 1]?.category === said);
    expect(confusing).toHaveLength(20);
    expect(right.length).toBeGreaterThanOrEqual(18);
    expect(right.filter(({ ticket }) => !isWrong(ticket))).toEqual([]);
  });
});
