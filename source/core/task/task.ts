// The product's basic types, and how a description becomes a safe name.
// A task's name becomes a path and a line on the screen, so only names of this grammar may.

import { clean } from '../text/clean.ts';

/** What a session is for: the Initializer writes the checklist, Executors work through it, a Reviewer judges the result. */
export type Role = 'initializer' | 'executor' | 'reviewer';

export const roles: readonly Role[] = ['initializer', 'executor', 'reviewer'];

/** A role's name for the user; an unknown role is shown as it is. Log and files keep the names of the roles. */
export function roleWord(role: string): string {
  if (role === 'reviewer') return 'reviewing';
  return role === 'initializer' ? 'planning' : role === 'executor' ? 'working' : role;
}

/** What Codex's tools may do. Full access is never the default, and given to one run at a time. */
export type Sandbox = 'workspace-write' | 'danger-full-access';

const maxNameLength = 64;
const maxGeneratedLength = 30;
const maxGeneratedWords = 4;

/** True for a name that may become a path: `[A-Za-z0-9][A-Za-z0-9._-]{0,63}` without `..`. */
export function isTaskName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text) && !text.includes('..');
}

export function invalidNameSentence(name: string): string {
  return `${JSON.stringify(name)} is not a valid task name: use up to 64 letters, digits, dots, dashes and underscores, start with a letter or digit, and never put two dots in a row`;
}

/** Why a link in place of a task's directory is not used: the agent could have made it, to anything of the user's. */
export const linkedTask =
  'a symbolic link: links are not followed; put the task directory itself in its place';

/** `Build a REST API for todo app` → `build-rest-api-todo`; without a usable word, by `startedAt`, `task-20260129-140305`. */
export function generatedTaskName(description: string, startedAt: number): string {
  let name = '';
  let count = 0;
  for (const [word] of folded(description).matchAll(/[a-z0-9]+/g)) {
    if (stopWords.has(word)) continue;
    const longer = name === '' ? word.slice(0, maxGeneratedLength) : `${name}-${word}`;
    if (longer.length > maxGeneratedLength) break;
    name = longer;
    if (++count === maxGeneratedWords) break;
  }
  return name === '' ? `task-${dateAndTime(startedAt)}` : name;
}

/** Whether a name says nothing of the goal: date and time stand for one without a usable word. */
export function isDatedName(name: string): boolean {
  return /^task-\d{8}-\d{6}(?:-\d+)?$/.test(name);
}

/** `wanted`, or the first free one of `wanted-2`, `wanted-3`…. Always a valid name if `wanted` is. */
export function unusedTaskName(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted;
  for (let number = 2; isTaken(name); number++) {
    const suffix = `-${number}`;
    name = wanted.slice(0, maxNameLength - suffix.length) + suffix;
  }
  return name;
}

/** True for a UUID of any version: nothing else may follow `codex exec resume`. */
export function isThreadId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/**
 * One word for a shell, to be copied from the screen: `'it'\''s'`. A name with invisible characters becomes `$'…'`
 * with their bytes in octal, which bash, zsh and ksh read.
 */
export function shellQuoted(text: string): string {
  const showsItself = clean(text, { maxLength: Infinity }) === text && !/[\n\t]/.test(text);
  if (showsItself) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = text
    .toWellFormed()
    .replace(/['\\]/g, '\\$&')
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]|\p{DI}/gu, octalBytes);
  return `$'${escaped}'`;
}

const stopWords = new Set(
  'a an the for to of and or in on with from by at into my our your this that'.split(' '),
);

/** Letters that Unicode does not decompose. */
const unaccented: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
};

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþħŧŋı]/g, (letter) => unaccented[letter] ?? letter);
}

/** In the user's local time. */
function dateAndTime(epochMs: number): string {
  const at = new Date(epochMs);
  const two = (number: number): string => String(number).padStart(2, '0');
  const date = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  return `${date}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}

/** `\302\205`: the UTF-8 bytes of one character. Always three digits, so a digit after it is not taken in. */
function octalBytes(character: string): string {
  return encodeURIComponent(character).replace(
    /[^%]|%([0-9A-F]{2})/g,
    (byte, hexadecimal?: string) => {
      const value = hexadecimal === undefined ? byte.charCodeAt(0) : parseInt(hexadecimal, 16);
      return `\\${value.toString(8).padStart(3, '0')}`;
    },
  );
}
