import { z } from 'zod';

/** Texts that may be missing. */
const Text = z.string().catch('');

const File = z.object({ contentType: Text, contentUrl: Text, name: Text });
export type TeamsFile = z.output<typeof File>;

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object */
export const Activity = z.object({
  type: z.literal('message'),
  id: z.string().min(1),
  timestamp: Text,
  text: Text,
  from: z.object({ id: z.string().min(1), name: Text, aadObjectId: Text }),
  /** The channel, and behind `;messageid=` the message that began the thread. */
  conversation: z.object({ id: z.string().min(1) }),
  attachments: z.array(File).catch([]),
});
export type Activity = z.output<typeof Activity>;
