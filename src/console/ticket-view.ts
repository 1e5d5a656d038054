import type { LoadedConfig } from '../config/live.ts';
import type { Access } from '../kit/access.ts';
import type { TicketFile } from './ticket-rows.ts';

/** What the page of a ticket shows. */
export interface TicketView {
  file: TicketFile;
  config: LoadedConfig;
  person: string;
  /** Of whoever looks: forms are for those who may send them. */
  access: Access;
  csrfToken: string;
  now: Temporal.Instant;
  /** Of the form that is shown now, so that sending it twice is sending it once. */
  formKey: string;
  /** The reply that the person took for an answer, which stands in the box; null when none was. */
  draft: string | null;
  /** Where the row of the base stands; null when nobody can go there. */
  rowAddress: string | null;
  storeTitle: string;
}
