// Suggests articles while somebody writes. Without it the form does the same in a second step.

/** What is typed waits so long for more before it is looked up, in milliseconds. */
const PAUSE = 600;

/** Fewer letters say nothing. */
const SHORTEST = 12;

for (const form of document.querySelectorAll('form[data-suggest]')) {
  const place = form.querySelector('[data-articles]');
  if (form instanceof HTMLFormElement && place instanceof HTMLElement) watch(form, place);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} place
 */
function watch(form, place) {
  const state = { timer: 0, asked: '' };

  async function look() {
    const text = typed(form);
    if (text.length < SHORTEST || text === state.asked) return;
    state.asked = text;
    const answer = await ask(form.dataset['suggest'] ?? '', new URLSearchParams({ text }));
    // An answer that comes late is of what was typed before.
    if (answer !== null && text === state.asked) show(place, answer);
  }

  form.addEventListener('input', () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(look, PAUSE);
  });
  /** @param {HTMLButtonElement} button */
  async function answered(button) {
    const answer = await ask(button.formAction, new URLSearchParams({ part: 'yes' }));
    if (answer !== null) show(place, answer);
  }

  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || !place.contains(button)) return;
    event.preventDefault();
    void answered(button);
  });
}

/** @param {HTMLFormElement} form */
function typed(form) {
  const fields = [...form.querySelectorAll('[name=subject], [name=message]')];
  const texts = fields.map((field) =>
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value.trim() : '',
  );
  return texts.filter((text) => text !== '').join('\n');
}

/**
 * What cannot be had is left out: nobody who asks for help is to read of our trouble.
 *
 * @param {string} address
 * @param {URLSearchParams} body
 * @returns {Promise<string | null>}
 */
async function ask(address, body) {
  try {
    const response = await fetch(address, { method: 'POST', body, headers: { accept: 'text/html' } });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/**
 * What we serve is escaped, and no script in it would run.
 *
 * @param {HTMLElement} place
 * @param {string} answer
 */
function show(place, answer) {
  place.replaceChildren(...new DOMParser().parseFromString(answer, 'text/html').body.childNodes);
  place.hidden = place.childElementCount === 0;
}
