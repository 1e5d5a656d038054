import nodeModule from 'node:module';

const PACKAGE = '/node_modules/drizzle-orm/';

/**
 * drizzle-orm's package.json has 178 KB, and Node parses it anew for each module that is looked up by its
 * name and for each of the package's own 200: a second of work and 200 MB of garbage at every start. Its
 * modules name each other by whole relative paths and are all ES modules, so there is nothing to look up; and
 * a name that was found once stays where it is.
 */
export function quickImports() {
  /** @type {Map<string, nodeModule.ResolveFnOutput>} */
  const found = new Map();
  nodeModule.registerHooks?.({
    resolve(specifier, context, next) {
      const from = context.parentURL;
      if (specifier.startsWith('.') && from?.includes(PACKAGE)) {
        return { url: new URL(specifier, from).href, format: 'module', shortCircuit: true };
      }
      if (!specifier.startsWith('drizzle-orm')) return next(specifier, context);
      const known = found.get(specifier) ?? next(specifier, context);
      found.set(specifier, known);
      return { ...known, shortCircuit: true };
    },
  });
}
