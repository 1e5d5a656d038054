import { z } from 'zod';

/** What `desk.yaml` says of the embedded store: nothing, for it lives in our own database. */
export const EmbeddedSettings = z.strictObject({}).prefault({});
export type EmbeddedSettings = z.output<typeof EmbeddedSettings>;
