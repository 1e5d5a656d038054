import type { Json } from '../../src/kit/json-value.ts';
import { parseJson } from '../../src/kit/json-value.ts';
import { answerText, type Question } from '../../src/kit/questions.ts';

/** What WordPress keeps of an entry beside its answers. */
const KEPT_BESIDE = new Set([
  'id',
  'form_id',
  'post_id',
  'date_created',
  'date_updated',
  'is_starred',
  'is_read',
  'ip',
  'source_url',
  'source_id',
  'user_agent',
  'currency',
  'payment_status',
  'payment_date',
  'payment_amount',
  'payment_method',
  'transaction_id',
  'transaction_type',
  'is_fulfilled',
  'created_by',
  'status',
]);

/** The boxes of a name: prefix, first, middle, last, suffix. Addresses and lists of boxes begin with 1. */
const NAME_BOXES = new Set(['2', '3', '4', '6', '8']);

/** One box of a field, or all of it. */
interface Box {
  field: string;
  box: string | null;
  value: Json;
}

/** The answers of an entry: `2` is a field, `1.3` one box of another, and anything else a key that the admin chose. */
export function questionsOf(
  entry: Readonly<Record<string, Json>>,
  labels: Readonly<Record<string, string>>,
): readonly Question[] {
  const boxes = Object.entries(entry).flatMap(([key, value]) => (KEPT_BESIDE.has(key) ? [] : [boxAt(key, value)]));
  return [...Map.groupBy(boxes, ({ field }) => field)].map(([field, parts]) => {
    const isName = parts.every(({ box }) => box !== null && NAME_BOXES.has(box));
    const answers = parts.map(({ value }) => answerText(value).trim()).filter(Boolean);
    return {
      label: labels[field] ?? (/^\d+$/.test(field) ? `Field ${field}` : field),
      ids: [field],
      asks: isName ? 'name' : null,
      answer: answers.join(isName ? ' ' : ', '),
    };
  });
}

function boxAt(key: string, value: Json): Box {
  const [, field, box] = /^(\d+)\.(\d+)$/.exec(key) ?? [];
  return field === undefined || box === undefined ? { field: key, box: null, value } : { field, box, value };
}

/** Where an answer is nothing but links into the site's uploads: several come as a list within a text. */
export function uploadsIn(value: Json): readonly string[] {
  const links = typeof value === 'string' ? listIn(value) : [];
  return links.every(isUpload) ? links : [];
}

function listIn(text: string): readonly string[] {
  if (!text.startsWith('["')) return [text];
  try {
    const list = parseJson(text);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}

function isUpload(link: string): boolean {
  return /^https?:\/\/\S+?(\/gravity_forms\/|[?&]gf-download=)/.test(link);
}
