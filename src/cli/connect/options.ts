/** What was said on the command line; each answers a question of the same name. */
export interface ConnectOptions {
  base?: string;
  table?: string;
  newTable?: string;
  page?: string;
  database?: string;
  newDatabase?: string;
  plan?: string;
  column: Readonly<Record<string, string>>;
  adopt?: boolean;
  views?: boolean;
  move?: boolean;
  yes: boolean;
}
