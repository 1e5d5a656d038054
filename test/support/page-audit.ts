/**
 * What a page owes to those who do not see it or see it badly, checked in the browser: names, labels,
 * headings, landmarks, contrast. An expression for `page.evaluate`; its value is a list of complaints.
 */
export const PAGE_AUDIT = `(() => {
  const complaints = [];
  const say = (element, what) => complaints.push(what + ': ' + element.outerHTML.replace(/\\s+/g, ' ').slice(0, 120));
  const isShown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const nameOf = (element) => {
    const by = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
    const labels = element.labels === undefined || element.labels === null ? [] : [...element.labels].map((label) => label.textContent);
    return [element.getAttribute('aria-label') ?? '', ...by, ...labels, element.textContent].join('').trim();
  };

  if (document.querySelectorAll('h1').length !== 1) complaints.push('not one h1');
  if (document.querySelectorAll('main').length !== 1) complaints.push('not one main');
  if (document.documentElement.lang !== 'en') complaints.push('no language');
  if (document.title.trim() === '') complaints.push('no title');

  let level = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
    if (!isShown(heading)) continue;
    const next = Number(heading.tagName.slice(1));
    if (heading.closest('aside, dialog') === null && level > 0 && next > level + 1) say(heading, 'a heading skips a level');
    if (heading.closest('aside, dialog') === null) level = next;
  }

  for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea, progress')) {
    const labels = field.labels === null || field.labels === undefined ? [] : [...field.labels];
    const isNamed = labels.some((label) => label.textContent.trim() !== '') || field.hasAttribute('aria-label');
    if (!isNamed && isShown(field)) say(field, 'a field without a label');
  }
  for (const control of document.querySelectorAll('a[href], button, summary')) {
    if (isShown(control) && nameOf(control) === '') say(control, 'a control without a name');
  }
  for (const image of document.querySelectorAll('svg, img')) {
    const isHidden = image.closest('[aria-hidden=true]') !== null;
    if (!isHidden && !image.hasAttribute('aria-label') && !image.hasAttribute('alt')) say(image, 'a picture without words');
  }
  for (const landmark of document.querySelectorAll('nav, aside, section[aria-labelledby], article[aria-labelledby]')) {
    const isNamed = landmark.hasAttribute('aria-label') || document.getElementById(landmark.getAttribute('aria-labelledby') ?? '') !== null;
    if (!isNamed) say(landmark, 'a landmark without a name');
  }
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) complaints.push('an id twice: ' + id);

  const ink = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = colour;
    ink.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = ink.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const backgroundOf = (element) => {
    const layers = [];
    for (let each = element; each !== null; each = each.parentElement) layers.unshift(rgba(getComputedStyle(each).backgroundColor));
    return layers.reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.textContent.trim() === '' || seen.has(element) || !isShown(element)) continue;
    if (element.closest('script, style, select, .visually-hidden, .td-skip') !== null) continue;
    seen.add(element);
    const background = backgroundOf(element);
    const text = over(rgba(getComputedStyle(element).color), background);
    const [high, low] = [light(text), light(background)].sort((one, other) => other - one);
    const contrast = (high + 0.05) / (low + 0.05);
    const size = parseFloat(getComputedStyle(element).fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(getComputedStyle(element).fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) say(element, 'contrast ' + contrast.toFixed(2));
  }
  return complaints;
})()`;

/** How far the page reaches beyond the screen, in pixels; 0 when it fits. */
export const OVERFLOW = 'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)';
