/** What a webhook may tell: the useful ones of section 8. */
export const EVENT_TYPES = [
  'page.created',
  'page.properties_updated',
  'page.content_updated',
  'page.deleted',
  'page.undeleted',
  'page.moved',
  'comment.created',
  'comment.updated',
  'comment.deleted',
  'data_source.schema_updated',
  'data_source.deleted',
  'data_source.undeleted',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** One event as it is sent, but for the number of the attempt. No content is in it (section 8). */
export interface WebhookEvent {
  id: string;
  timestamp: string;
  workspace_id: string;
  workspace_name: string;
  subscription_id: string;
  integration_id: string;
  authors: readonly { id: string; type: 'person' | 'bot' }[];
  api_version: string;
  entity: { id: string; type: 'page' | 'comment' | 'data_source' };
  type: EventType;
  data: Readonly<Record<string, unknown>>;
}

/** What becomes of an event on its way: "aims at at-most-once", and manages neither (section 8). */
export interface Delivery {
  isLost?: boolean;
  /** How many come, each as if it were the only one. */
  copies?: number;
  /** How much later it comes, so that others overtake it. */
  lateMs?: number;
}
