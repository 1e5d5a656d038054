/** The environment as a connector sees it: names and values. */
export type Environment = Readonly<Record<string, string | undefined>>;
