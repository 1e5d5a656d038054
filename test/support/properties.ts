import fc from 'fast-check';

/**
 * fast-check, which tries the same cases in every run, so that a change alone can make a test fail. To look for
 * other cases, give another number: `PROPERTY_SEED=7 npm test`.
 */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_121) });

export { fc };
