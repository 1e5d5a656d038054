import { z } from 'zod';
import { ACCESSES } from '../../kit/access.ts';
import { Address, oneOrMore, SecretReference, Title } from './words.ts';

const Provider = z.strictObject({
  title: Title.default('your company account')
    .describe('How people call it; the button says “Sign in with” and this.')
    .meta({ examples: ['Google', 'Microsoft', 'Keycloak'] }),
  issuer: z
    .url({ protocol: /^https?$/, error: 'is not an address of the web' })
    .describe('The address by which the provider names itself; its settings are found below it.')
    .meta({ examples: ['https://accounts.google.com', 'https://login.example.com/realms/company'] }),
  clientId: z
    .string('is not a text')
    .min(1, 'is empty')
    .describe('What the provider calls this desk.')
    .meta({ examples: ['tabledesk'] }),
  clientSecret: SecretReference.describe('The secret that the provider gave for it, by its variable.').meta({
    examples: ['env:SIGN_IN_SECRET'],
  }),
  scopes: z
    .array(z.string('is not a text').regex(/^[!#-[\]-~]+$/, 'is not a scope'))
    .default(['openid', 'email', 'profile'])
    .describe('What is asked of the provider; some give groups for a scope of its own.')
    .meta({ examples: [['openid', 'email', 'profile', 'groups']] }),
  nameClaim: z
    .string('is not a text')
    .min(1, 'is empty')
    .default('name')
    .describe('The claim that says how somebody is called. Without it, their mail address does.')
    .meta({ examples: ['name', 'preferred_username'] }),
  internal: z
    .boolean('is neither true nor false')
    .default(false)
    .describe('The provider stands in a network of your own, which is not reached otherwise, and may speak http.')
    .meta({ examples: [true] }),
});

const Grant = z.strictObject({
  access: z
    .enum(ACCESSES, 'is not an access')
    .describe('What they may do: a viewer reads, an agent works tickets, an admin does everything.')
    .meta({ examples: ['agent'] }),
  emails: oneOrMore(Address)
    .default([])
    .describe('People by their mail addresses.')
    .meta({ examples: [['ana@example.com', 'ben@example.com']] }),
  domains: oneOrMore(
    z.string('is not a domain').regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'is not a domain, such as example.com'),
  )
    .default([])
    .describe('Everybody whose mail address is of one of these domains.')
    .meta({ examples: ['example.com'] }),
  claim: z
    .string('is not a text')
    .min(1, 'is empty')
    .optional()
    .describe('A claim of the provider, such as one that lists groups; with `values`.')
    .meta({ examples: ['groups', 'roles', 'hd'] }),
  values: oneOrMore(z.string('is not a text').min(1, 'is empty'))
    .default([])
    .describe('Everybody for whom the claim has one of these values.')
    .meta({ examples: [['support', 'support-leads']] }),
});

/** `access.yaml`: who comes into the console by single sign-on, and what they may do. */
export const Access = z.strictObject({
  provider: Provider.optional()
    .describe(
      'Who says who people are, by OpenID Connect. Left out, people come by a password. docs/sign-in.md tells how.',
    )
    .meta({
      examples: [
        {
          title: 'Google',
          issuer: 'https://accounts.google.com',
          clientId: '1234-abcd.apps.googleusercontent.com',
          clientSecret: 'env:SIGN_IN_SECRET',
        },
      ],
    }),
  who: z
    .array(Grant)
    .default([])
    .describe('Who may do what. Of several that fit somebody the most counts; whom none fits is not let in.')
    .meta({
      examples: [
        [
          { access: 'admin', emails: 'ana@example.com' },
          { access: 'agent', domains: 'example.com' },
        ],
      ],
    }),
  passwords: z
    .enum(['all', 'admin'], 'is neither all nor admin')
    .default('all')
    .describe('Which passwords open the console beside the provider: all that are set, or that of admins alone.')
    .meta({ examples: ['admin'] }),
});
export type Access = z.output<typeof Access>;
