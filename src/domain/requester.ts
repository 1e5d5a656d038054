/** What is known of the account that a requester belongs to: plan, tier, invoice, region … */
export type AccountFields = Readonly<Record<string, string | number | boolean>>;

/** The person who asks. Unconfirmed: whoever fills a form can type any address. */
export interface Requester {
  name: string;
  /** Lower case; null when the channel gave none. */
  email: string | null;
  account: AccountFields;
}
