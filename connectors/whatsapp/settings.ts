import { z } from 'zod';

const Template = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9_]{1,512}$/, 'is not the name of a template: small letters, digits and underscores')
    .describe('Its name in WhatsApp Manager.')
    .meta({ examples: ['we_have_news'] }),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'is not the code of a language, such as en or pt_BR')
    .default('en')
    .describe('The code of its language.')
    .meta({ examples: ['en', 'pt_BR'] }),
  fill: z
    .enum(['text', 'subject', 'nothing'])
    .default('text')
    .describe('What stands in place of its one gap, `{{1}}`: the answer on one line, its subject, or it has no gap.')
    .meta({ examples: ['subject'] }),
});
export type Template = z.output<typeof Template>;

/** What `channels.yaml` says under `settings` of a channel of kind `whatsapp`. */
export const WhatsAppSettings = z
  .strictObject({
    template: Template.nullable()
      .default(null)
      .describe(
        'The approved template that goes out where the customer wrote nothing for 24 hours. Left out, none does.',
      )
      .meta({ examples: [{ name: 'we_have_news', language: 'en', fill: 'text' }] }),
  })
  .prefault({});
export type WhatsAppSettings = z.output<typeof WhatsAppSettings>;
