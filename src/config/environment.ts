import { z } from 'zod';
import { Problem } from '../domain/problem.ts';
import { ROLES } from '../kit/role.ts';

/** What opens the console for those who may not do everything. */
const LESSER = ['TABLEDESK_AGENT_PASSWORD', 'TABLEDESK_VIEWER_PASSWORD'] as const;

/** All that opens something. */
const OPENING = ['TABLEDESK_TOKEN', 'TABLEDESK_READ_TOKEN', 'TABLEDESK_PASSWORD', ...LESSER] as const;

/** What the environment says: where things are, and the secrets. Everything has a default. */
export const Environment = z
  .object({
    PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(3000)
      .describe('Port to listen on; 0 takes any that is free.'),
    HOST: z.string().default('0.0.0.0').describe('Address to listen on.'),
    PUBLIC_URL: z
      .url()
      .optional()
      .describe(
        'Address under which people reach this service, when it stands behind a proxy; a base that can tells us there what changed.',
      ),
    TABLEDESK_CONFIG: z.string().min(1).default('config').describe('Folder of the config.'),
    TABLEDESK_DATA: z.string().min(1).default('data').describe('Folder of the data.'),
    TABLEDESK_TOKEN: z
      .string()
      .min(16)
      .optional()
      .describe('Token of the API and the console; made at first start when unset.'),
    TABLEDESK_READ_TOKEN: z
      .string()
      .min(16)
      .optional()
      .describe(
        'Second token of the API, which reads tickets and reports and changes nothing; another than TABLEDESK_TOKEN.',
      ),
    TABLEDESK_PASSWORD: z
      .string()
      .min(8)
      .optional()
      .describe('Password that opens the console for admins, in place of the token, which goes on to open the API.'),
    TABLEDESK_AGENT_PASSWORD: z
      .string()
      .min(8)
      .optional()
      .describe('Password that opens the console for agents, who work tickets and set nothing up; unlike all others.'),
    TABLEDESK_VIEWER_PASSWORD: z
      .string()
      .min(8)
      .optional()
      .describe('Password that opens the console for viewers, who read and change nothing; unlike all others.'),
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/ })
      .optional()
      .describe('PostgreSQL to use instead of the embedded database.'),
    TABLEDESK_ROLE: z
      .enum(ROLES)
      .default('all')
      .describe(
        'What this process does, where several share a PostgreSQL: `web` receives and shows, `worker` decides, writes and sends, `sweeps` works by the clock. docs/operate.md tells when that is worth it.',
      ),
    STOP_GRACE_SECONDS: z.coerce
      .number()
      .int()
      .min(0)
      .max(120)
      .default(0)
      .describe(
        'For how long a process that is told to stop goes on serving while `/readyz` answers 503, so that a load balancer notices; docs/operate.md tells when.',
      ),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/ })
      .optional()
      .describe('Mail server that sends; without one nothing is sent, and that is shown.'),
    MAIL_FROM: z.string().optional().describe('Sender of our mails, as `Desk <help@example.com>`.'),
    AIRTABLE_TOKEN: z
      .string()
      .optional()
      .describe('Personal access token, where the store is Airtable; `npx tabledesk connect airtable` asks for it.'),
    AIRTABLE_ENDPOINT_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Another server that speaks as Airtable does, such as a simulated one.'),
    AIRTABLE_CONTENT_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(
        'Where files for Airtable go instead; below AIRTABLE_ENDPOINT_URL, at /content, when only that is set.',
      ),
    NOTION_TOKEN: z
      .string()
      .optional()
      .describe('Token of the connection, where the store is Notion; `npx tabledesk connect notion` asks for it.'),
    NOTION_BASE_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Another server that speaks as Notion does, such as a simulated one.'),
    OPENAI_API_KEY: z
      .string()
      .optional()
      .describe('Key of the language model that `triage.yaml` names; an endpoint of your own may want none.'),
    OPENAI_BASE_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(
        "Another endpoint that speaks as OpenAI's chat completions do, mostly ending with `/v1`; docs/models.md lists some.",
      ),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('How much the log says.'),
  })
  .superRefine((environment, context) => {
    for (const [name, other] of doubled(environment)) {
      const message = `is the same as ${other}, so that both would open the same`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
  })
  .refine(({ TABLEDESK_ROLE: role, DATABASE_URL: url }) => role === 'all' || url !== undefined, {
    path: ['TABLEDESK_ROLE'],
    message:
      'a role that leaves work to other processes needs DATABASE_URL, a PostgreSQL that all of them share; the embedded database can have only one process',
  });
export type Environment = z.infer<typeof Environment>;

/**
 * Reads the environment. An empty value counts as unset.
 *
 * @throws Problem `environment.invalid`, naming every variable that is wrong, without its value
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const read = Environment.safeParse(withoutEmpty(variables));
  if (read.success) return read.data;
  throw new Problem({
    code: 'environment.invalid',
    message: read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join(' '),
    fix: 'Set these variables right, in the environment or in .env; docs/reference/environment.md describes them.',
  });
}

/** An empty value is no value. */
export function withoutEmpty(
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
}

/** The words of those who may do less that are also another's, with the other. */
function doubled(
  environment: Partial<Record<(typeof OPENING)[number], string | undefined>>,
): readonly [string, string][] {
  return LESSER.flatMap((name) => {
    const same = OPENING.find((other) => other !== name && environment[other] === environment[name]);
    return environment[name] === undefined || same === undefined ? [] : [[name, same] as [string, string]];
  });
}
