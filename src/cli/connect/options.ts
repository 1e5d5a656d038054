/** What was said on the command line; each answers a question of the same name. */
export interface ConnectOptions {
  base?: string;
  table?: string;
  newTable?: string;
  plan?: string;
  column: Readonly<Record<string, string>>;
  adopt?: boolean;
  move?: boolean;
  yes: boolean;
}
