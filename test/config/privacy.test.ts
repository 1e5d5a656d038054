import { describe, expect, it } from 'vitest';
import { aConfig, findingsOf } from '../support/config.ts';

const CHANNELS = 'channels: { website: { kind: form }, hr-mail: { kind: json } }\n';
const TRIAGE = `categories: [billing, harassment]
rules:
  - { name: Money, why: It pays, owner: Ana, when: { text: { mentions: refund } }, then: { category: billing } }
  - { name: Harm, why: It hurts, owner: Ana, when: { text: { mentions: insult } }, then: { category: harassment } }
`;

function files(privacy: string, triage = TRIAGE) {
  return { 'channels.yaml': CHANNELS, 'triage.yaml': triage, 'privacy.yaml': privacy };
}

describe('privacy.yaml', () => {
  it('keeps nothing from models unless it says so', () => {
    expect(aConfig(files('')).policy.triage.keptFromModels).toEqual({ channels: [], categories: [] });
  });

  it('keeps channels and categories that there are', () => {
    const kept = { channels: ['hr-mail'], categories: ['harassment'] };
    const config = aConfig(files(`keepFromModels: ${JSON.stringify(kept)}\n`));
    expect(config.policy.triage.keptFromModels).toEqual(kept);
    expect(config.warnings.filter(({ file }) => file.endsWith('privacy.yaml'))).toEqual([]);
  });

  it('is refused with a name that would let everything through', () => {
    const written = 'keepFromModels:\n  channels: [hr-mial]\n  categories: [harassement]\n';
    expect(findingsOf(files(written))).toEqual([
      'error config/privacy.yaml:2:14 keepFromModels.channels.0: "hr-mial" is not a channel; did you mean "hr-mail"? ' +
        'Allowed: website, hr-mail, console, base, phone, in_person.',
      'error config/privacy.yaml:3:16 keepFromModels.categories.0: "harassement" is not a category; did you mean ' +
        '"harassment"? Allowed: billing, harassment.',
    ]);
  });

  it('warns that vectors are asked for before anybody knows a category', () => {
    const learning = `${TRIAGE}learning: { embeddings: { name: v } }\n`;
    const written = 'keepFromModels: { categories: [harassment] }\n';
    const { warnings } = aConfig(files(written, learning), { OPENAI_API_KEY: 'k' });
    expect(warnings.flatMap(({ path, message }) => (path.startsWith('keep') ? [message] : []))).toEqual([
      'new tickets get no vectors as long as categories are kept from models, as nobody knows theirs yet',
    ]);
  });

  it.each([
    ['3 years', { years: 3 }],
    ['18 months', { months: 18 }],
    ['30 days', { days: 30 }],
    ['1 year', { years: 1 }],
  ])('keeps tickets for %s', (written, span) => {
    expect(aConfig(files(`keepTickets: ${written}\n`)).retention).toEqual({
      written,
      span: Temporal.Duration.from(span),
    });
  });

  it.each([
    ['29 days', '"29 days" is less than 30 days'],
    ['3y', '"3y" is not a stretch of years, months or days'],
    ['0 years', '"0 years" is less than 30 days'],
    ['365', '365 is not a stretch of years, months or days'],
  ])('refuses to keep tickets for %s', (written, message) => {
    const [finding] = findingsOf(files(`keepTickets: ${written}\n`));
    expect(finding).toContain(`error config/privacy.yaml:1:14 keepTickets: ${message}`);
  });
});
