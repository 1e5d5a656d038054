/**
 * npm run bench -- <name> [options]
 */
const NAMES = [
  'acknowledge',
  'inbox',
  'end-to-end',
  'load',
  'growth',
  'decide',
  'sweep',
  'reload',
  'pages',
  'backtest',
  'start',
  'kill',
  'power',
  'chaos',
  'upgrade',
  'articles',
  'triage',
  'banking',
  'mail',
  'channels',
  'mutated',
  'airtable-burst',
  'airtable-life',
  'airtable-resync',
  'airtable-faults',
  'notion-burst',
  'notion-life',
  'notion-faults',
] as const;

const [name = ''] = process.argv.splice(2, 1);
if (isName(name)) await import(`./${name}.ts`);
else {
  process.stderr.write(
    `Which one? npm run bench -- <${NAMES.join(' | ')}>; bench/README.md says what each measures.\n`,
  );
  process.exitCode = 2;
}

function isName(written: string): written is (typeof NAMES)[number] {
  return NAMES.some((each) => each === written);
}
