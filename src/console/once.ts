/** So many forms are remembered; who sends one twice does so within seconds. */
const MOST_REMEMBERED = 500;

/**
 * Does the work of a form once, however often it is sent: whoever clicks twice gets the same answer twice.
 * What failed is forgotten, so that it can be tried again.
 */
export function createOnce<Result>(): (form: string, work: () => Promise<Result>) => Promise<Result> {
  const done = new Map<string, Promise<Result>>();
  return async (form, work) => {
    const before = done.get(form);
    if (before !== undefined) return before;
    const doing = work();
    done.set(form, doing);
    const [oldest] = done.keys();
    if (done.size > MOST_REMEMBERED && oldest !== undefined) done.delete(oldest);
    try {
      return await doing;
    } catch (error) {
      done.delete(form);
      throw error;
    }
  };
}
