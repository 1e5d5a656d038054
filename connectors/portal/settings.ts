import { z } from 'zod';

/** What `channels.yaml` says under `settings` of a channel of kind `portal`: nothing so far. */
export const PortalSettings = z.strictObject({}).prefault({});
export type PortalSettings = z.output<typeof PortalSettings>;
