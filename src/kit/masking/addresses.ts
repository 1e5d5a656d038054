import { isIPv4, isIPv6 } from 'node:net';
import { byPattern, type Detector, isCalled } from './found.ts';

/** What follows the path of an address may open something, and says nothing of the request. */
const URL_QUERY = /\bhttps?:\/\/[^\s?#"'<>]{1,2000}(?<it>[?#][^\s"'<>)\]]{1,4000})/i;
const URL_PASSWORD = /\b[a-z][a-z0-9+.-]{1,20}:\/\/(?<it>[^\s:@/"'<>]{1,200}:[^\s@/"'<>]{1,200})@/i;

const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[\p{L}][\p{L}\p{N}-]{1,62}(?![\p{L}\p{N}])/u;

const FOUR_NUMBERS = /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/;
const COLONS = /(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])/;

/** Four numbers are a version where they are called one. */
const VERSION =
  /\b(?:version|versión|versione|versão|wersja|release|build|firmware|driver|update|v|ver)\.?\s*(?:is|ist|:|=)?\s*$/i;

/** Addresses of mail, and what is secret in those of pages. */
export const LINK_DETECTORS: readonly Detector[] = [
  byPattern('QUERY', URL_QUERY),
  byPattern('PASSWORD', URL_PASSWORD),
  byPattern('EMAIL', EMAIL),
];

/** Addresses of machines. */
export const MACHINE_DETECTORS: readonly Detector[] = [
  (text) => byPattern('IP', FOUR_NUMBERS, isIPv4)(text).filter(({ start }) => !isCalled(text, start, VERSION)),
  byPattern('IP', COLONS, (it) => isIPv6(it) && /[0-9a-f]/i.test(it) && (it.match(/:/g) ?? []).length > 2),
];
