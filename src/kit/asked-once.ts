/** More than a desk hears of in a day; the eldest is asked for anew. */
const MOST_KNOWN = 2000;

/** Asks once for each name, and keeps the answers. What failed is asked again. */
export function askedOnce<Value>(ask: (name: string) => Promise<Value>): (name: string) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (name) => {
    const found = known.get(name) ?? ask(name);
    if (!known.has(name)) {
      known.set(name, found);
      found.catch(() => known.delete(name));
      const [eldest] = known.keys();
      if (known.size > MOST_KNOWN && eldest !== undefined) known.delete(eldest);
    }
    return found;
  };
}
