import { z } from 'zod';

/** In which characters each field is. */
export const Charsets = z.record(z.string(), z.string()).catch({});

/** To whom the mail was, as it travelled. */
export const Envelope = z.object({ to: z.array(z.string()).catch([]) }).catch({ to: [] });
