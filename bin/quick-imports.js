import nodeModule from 'node:module';

/**
 * Packages of so many files that looking each of them up is felt. All their `.js` files are ES modules, which name each
 * other by whole relative paths.
 */
const PACKAGES = /\/node_modules\/(?:drizzle-orm|libphonenumber-js|pg-boss|zod)\/.*\.js$/;

/**
 * Half of a start would go by in looking modules up: for each, Node asks the disk for its path and for the package.json
 * of the folders above it; drizzle-orm's, of 178 KB, it parses anew each time. But a relative path between our own files,
 * or within these packages, is whole, so there is nothing to look up; and a name that one of our files found once stays
 * where it is.
 */
export function quickImports() {
  /** @type {Map<string, nodeModule.ResolveFnOutput>} */
  const found = new Map();
  nodeModule.registerHooks?.({
    resolve(specifier, context, next) {
      const from = context.parentURL ?? '';
      const format = formatOf(specifier, from);
      if (format !== null) return { url: new URL(specifier, from).href, format, shortCircuit: true };
      if (specifier.startsWith('.') || !from.endsWith('.ts')) return next(specifier, context);
      const known = found.get(specifier) ?? next(specifier, context);
      found.set(specifier, known);
      return { ...known, shortCircuit: true };
    },
  });
}

/**
 * What lies at a path that need not be looked up; null for all else.
 *
 * @param {string} specifier
 * @param {string} from
 */
function formatOf(specifier, from) {
  if (!specifier.startsWith('.')) return null;
  if (from.endsWith('.ts') && specifier.endsWith('.ts')) return 'module-typescript';
  return specifier.endsWith('.js') && PACKAGES.test(from) ? 'module' : null;
}
