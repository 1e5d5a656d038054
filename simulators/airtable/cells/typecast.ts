import type { Field } from '../world.ts';

/**
 * Airtable's best effort to make of a value what the field takes (section 3). What cannot be converted comes
 * back as it was, to be refused, or as null where Airtable empties the cell [U].
 */
export function loosen(field: Field, value: unknown): unknown {
  switch (field.type) {
    case 'singleLineText':
    case 'multilineText':
    case 'richText':
    case 'email':
    case 'phoneNumber':
    case 'url':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    case 'number':
    case 'rating':
      return typeof value === 'string' ? numberIn(value) : value;
    case 'checkbox':
      return typeof value === 'string' ? ['true', '1', 'checked', 'yes'].includes(value.toLowerCase()) : value;
    case 'singleSelect':
      return typeof value === 'string' && value.trim() === '' ? null : value;
    case 'multipleSelects':
    case 'multipleRecordLinks':
    case 'multipleCollaborators':
      return typeof value === 'string' ? partsOf(value) : value;
    case 'singleCollaborator':
      return typeof value === 'string' ? { email: value } : value;
    default:
      return value;
  }
}

function numberIn(text: string): number | null {
  const number = Number(text.replaceAll(/[\s,]/g, ''));
  return text.trim() === '' || Number.isNaN(number) ? null : number;
}

function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
