/**
 * The comfort of the console: times that count, keys, colours without a new page, a list that stays fresh.
 * Every page works without it.
 */

/** A list is looked at again after so long, while nobody is using it. */
const FRESH_MILLISECONDS = 30_000;

/** Two keys belong together when the second follows within so long. */
const CHORD_MILLISECONDS = 1200;

/** The server's clock less this one: what counts is the desk's time. */
const ahead = Date.parse(document.documentElement.dataset.now ?? '') - Date.now() || 0;

tell();
setInterval(tell, 1000);
listenToKeys();
offerHelp();
switchColours();
sendOnce();
copyAddresses();
setInterval(freshen, Number(document.querySelector('#live')?.getAttribute('data-every') ?? FRESH_MILLISECONDS));

/** Says how far away every near moment is, as the server said it when the page was made. */
function tell() {
  const now = Date.now() + ahead;
  for (const each of document.querySelectorAll('time[data-near]')) {
    const distance = Date.parse(each.getAttribute('datetime') ?? '') - now;
    const words = distanceWords(distance, each.getAttribute('data-near') ?? 'ago');
    if (each.textContent !== words) each.textContent = words;
    if (distance <= 0) each.closest('.td-due')?.classList.replace('td-due-calm', 'td-due-late');
    if (distance <= 0) each.closest('.td-due')?.classList.replace('td-due-soon', 'td-due-late');
  }
}

/**
 * @param {number} milliseconds
 * @param {string} past
 */
function distanceWords(milliseconds, past) {
  if (Math.abs(milliseconds) < 1000) return 'now';
  return milliseconds > 0 ? `in ${spanWords(milliseconds)}` : `${spanWords(-milliseconds)} ${past}`;
}

/** @param {number} milliseconds */
function spanWords(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours < 10 ? withRest(`${hours} h`, `${minutes % 60} min`) : `${hours} h`;
  const days = Math.floor(hours / 24);
  return days < 10 ? withRest(`${days} d`, `${hours % 24} h`) : `${days} d`;
}

/**
 * @param {string} whole
 * @param {string} rest
 */
function withRest(whole, rest) {
  return rest.startsWith('0 ') ? whole : `${whole} ${rest}`;
}

function listenToKeys() {
  const chord = { key: '', at: 0 };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeSheets();
    if (isWriting(event.target)) {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) sendForm(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const isChord = chord.key !== '' && event.timeStamp - chord.at < CHORD_MILLISECONDS;
    const keys = isChord ? `${chord.key} ${event.key}` : event.key;
    chord.key = !isChord && event.key === 'g' ? 'g' : '';
    chord.at = event.timeStamp;
    if (pressFor(keys) || KEYS[keys]?.()) event.preventDefault();
  });
}

/**
 * Presses what the page has for a key. Enter accepts, unless it is meant for a link or a button that was chosen.
 * @param {string} key
 */
function pressFor(key) {
  if (key !== 'Enter') return /^[a-z0-9]$/.test(key) && press(`[data-hotkey~="${key}"]`);
  return document.activeElement?.closest('a, button, summary') === null && press('[data-accept]');
}

/**
 * What each key does; true when there was something to do. Where not everybody may go, the key needs the link.
 * @type {Readonly<Record<string, () => boolean>>}
 */
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  '/': () => focusOn('#search'),
  '?': () => showHelp(),
  r: () => write('#write-reply'),
  m: () => write('#write-note'),
  a: () => press('[data-key="a"]'),
  h: () => write('#hand-off', 'select'),
  n: () => press('.td-nav [href="/tickets/new"]'),
  'g q': () => go('/'),
  'g r': () => press('.td-nav [href="/review"]'),
  'g t': () => go('/team'),
  'g k': () => go('/knowledge'),
  'g p': () => go('/reports'),
  'g b': () => go('/playbook'),
  'g h': () => go('/health'),
};

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select');
}

/** @param {KeyboardEvent} event */
function sendForm(event) {
  if (event.target instanceof HTMLTextAreaElement) event.target.form?.requestSubmit();
}

/** To the next or the previous ticket of the list; Enter then opens it, as any link. @param {number} by */
function step(by) {
  const links = [...document.querySelectorAll('.td-subject')];
  const here = links.findIndex((link) => link === document.activeElement);
  const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : here + by];
  if (!(next instanceof HTMLElement)) return links.length > 0;
  next.focus();
  next.closest('tr')?.scrollIntoView({ block: 'nearest' });
  return true;
}

/** @param {string} selector */
function focusOn(selector) {
  const field = document.querySelector(selector);
  if (!(field instanceof HTMLElement)) return false;
  field.focus();
  if (field instanceof HTMLInputElement) field.select();
  return true;
}

/**
 * Opens a form that is folded up, and goes to its first field.
 * @param {string} selector
 */
function write(selector, field = 'textarea') {
  const box = document.querySelector(selector);
  if (!(box instanceof HTMLDetailsElement)) return false;
  box.open = true;
  return focusOn(`${selector} ${field}`);
}

/** @param {string} selector */
function press(selector) {
  const button = document.querySelector(selector);
  if (!(button instanceof HTMLElement)) return false;
  button.click();
  return true;
}

/** @param {string} address */
function go(address) {
  if (document.querySelector('.td-header') === null) return false;
  location.assign(address);
  return true;
}

function showHelp() {
  const help = document.querySelector('#help');
  if (!(help instanceof HTMLDialogElement)) return false;
  closeSheets();
  help.showModal();
  return true;
}

/** Keys are this script's, so that only with it there is something to tell. */
function offerHelp() {
  for (const button of document.querySelectorAll('[data-help]')) {
    button.removeAttribute('hidden');
    button.addEventListener('click', showHelp);
  }
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('.td-menu, .td-refine') === null) closeSheets();
  });
}

function closeSheets() {
  for (const sheet of document.querySelectorAll('.td-menu[open], .td-refine[open]')) sheet.removeAttribute('open');
}

/** Other colours at once, so that an answer that is half written stays where it is. */
function switchColours() {
  const form = document.querySelector('[data-theme-form]');
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const root = document.documentElement;
    if (button.value === 'auto') delete root.dataset.bsTheme;
    else root.dataset.bsTheme = button.value;
    for (const each of form.querySelectorAll('button')) each.setAttribute('aria-pressed', String(each === button));
    document
      .querySelector('meta[name=color-scheme]')
      ?.setAttribute('content', button.value === 'auto' ? 'light dark' : button.value);
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) if (typeof value === 'string') fields.set(name, value);
    void fetch(form.action, { method: 'POST', body: fields, redirect: 'manual' });
  });
}

/** A second click sends nothing: the button rests until the next page is there. */
function sendOnce() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'post') return;
    if (form.dataset.sent === 'yes') event.preventDefault();
    form.dataset.sent = 'yes';
  });
  // Back in the browser, the page may come as it was left.
  addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
}

function copyAddresses() {
  for (const field of document.querySelectorAll('input[data-copy]')) {
    field.addEventListener('focus', () => field instanceof HTMLInputElement && field.select());
  }
  for (const button of document.querySelectorAll('button[data-copies]')) {
    if (!(button instanceof HTMLButtonElement) || navigator.clipboard === undefined) continue;
    const field = document.getElementById(button.dataset.copies ?? '');
    button.hidden = false;
    button.addEventListener('click', () => {
      if (!(field instanceof HTMLInputElement)) return;
      const copying = navigator.clipboard.writeText(field.value);
      void copying.then(() => void (button.textContent = 'Copied')).catch(() => field.select());
    });
  }
}

/** Looks at the list again while it is in sight and nobody is at work on the page. */
async function freshen() {
  const old = document.querySelector('#live');
  const isBusy =
    document.visibilityState !== 'visible' || document.querySelector('details[open], dialog[open]') !== null;
  if (old === null || old.hasAttribute('data-still') || isBusy || isWriting(document.activeElement)) return;
  const answer = await fetch(location.href, { redirect: 'error' }).catch(() => null);
  if (answer?.ok !== true) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('#live');
  if (fresh === null || fresh.innerHTML === old.innerHTML) return;
  const chosen = document.activeElement?.getAttribute('href');
  old.replaceWith(document.importNode(fresh, true));
  for (const link of document.querySelectorAll('.td-subject')) {
    if (link instanceof HTMLElement && link.getAttribute('href') === chosen) link.focus();
  }
  const count = page.querySelector('.td-rail');
  if (count !== null) document.querySelector('.td-rail')?.replaceWith(document.importNode(count, true));
  tell();
}
