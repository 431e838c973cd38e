// The body of a provider's answer, which Codex passes on in its message: JSON, sometimes torn by Codex's own limit,
// Python's idea of JSON, HTML or XML. What is in it for people is its message; what is in it for programs, its codes.
// A body is written by others and may quote anything: nothing in its text is a status.

import { field, isObject, type JsonObject } from '../json/json.ts';
import { safeLine } from '../text/safe-text.ts';

export type ProviderBody = {
  /** Its text, clean and on one line; empty when it has none. */
  message: string;
  /** What it calls the error: `context_length_exceeded`, `RESOURCE_EXHAUSTED`. */
  codes: readonly string[];
};

const maxMessageLength = 1000;

/** Where a body begins: `{"error": …`, `[{…`, `{'detail': …`, `<!DOCTYPE html>`. */
export const bodyStart = /\[?\s*\{\s*["'}]|<(?:!doctype|\?xml|html|head|title|body|error)\b/iu;

/** The body in this text, which begins with one; null when nothing can be read from it. */
export function readBody(text: string): ProviderBody | null {
  const body = text.startsWith('<') ? readMarkup(text) : readJson(text);
  if (body === null) return null;
  const { message, codes } = body;
  // An escape of JSON may stand for a control character.
  return { message: safeLine(message, maxMessageLength), codes };
}

function readJson(text: string): ProviderBody | null {
  const value = parsed(text);
  if (value === undefined) return readTorn(text);
  const codes = [...new Set(codesIn(value, 0))];
  return { message: oneLine(messageIn(value, 0) ?? ''), codes };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const deepest = 5;
const messageFields = ['message', 'detail', 'details', 'msg', 'error_description', 'error_message'];

function messageIn(value: unknown, depth: number): string | null {
  if (depth > deepest) return null;
  if (typeof value === 'string') return messageInText(value, depth);
  if (Array.isArray(value)) return firstOf(value, (part) => messageIn(part, depth + 1));
  if (!isObject(value)) return null;
  const error = field(value, 'error');
  if (typeof error === 'object' && error !== null) return messageIn(error, depth + 1);
  const said = firstOf(messageFields, (name) => messageIn(field(value, name), depth + 1));
  const cause = passedOn(value, depth);
  if (cause !== null && cause !== said) return said === null ? cause : `${said}: ${cause}`;
  return (
    said ??
    firstOf(['error', 'errors', 'title'], (name) => messageIn(field(value, name), depth + 1))
  );
}

/** A message may be a whole body again. */
function messageInText(text: string, depth: number): string | null {
  const trimmed = text.trim();
  const inner = trimmed.startsWith('{') ? parsed(trimmed) : undefined;
  return (inner === undefined ? null : messageIn(inner, depth + 1)) ?? (trimmed || null);
}

/** OpenRouter says `Provider returned error` and adds that provider's own body. */
function passedOn(value: JsonObject, depth: number): string | null {
  const metadata = field(value, 'metadata');
  return isObject(metadata) ? messageIn(field(metadata, 'raw'), depth + 1) : null;
}

function firstOf<Value>(
  values: readonly Value[],
  read: (value: Value) => string | null,
): string | null {
  for (const value of values) {
    const text = read(value);
    if (text !== null) return text;
  }
  return null;
}

const codeFields = new Set(['code', 'type', 'status', 'reason', 'error', 'raw']);
const isCode = /^[A-Za-z][\w.-]*$/u;

function codesIn(value: unknown, depth: number): string[] {
  if (depth > deepest || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
    if (typeof part !== 'string') return codesIn(part, depth + 1);
    if (part.startsWith('{')) return codesIn(parsed(part), depth + 1);
    return codeFields.has(name) && isCode.test(part) ? [part] : [];
  });
}

const tornMessage =
  /["'](?:message|detail|msg|error_description)["']\s*:\s*(?:"((?:[^"\\]|\\.)*)|'((?:[^'\\]|\\.)*))/u;
const tornCode = /["'](?:code|type|status|reason)["']\s*:\s*["']([A-Za-z][\w.-]*)["']/gu;

/** Cut off by Codex, or not quite JSON. */
function readTorn(text: string): ProviderBody | null {
  const found = tornMessage.exec(text);
  if (found === null) return null;
  const [, double, single] = found;
  const raw = double ?? single ?? '';
  const unescaped = parsed(`"${raw.replaceAll("\\'", "'")}"`);
  const codes = [...text.matchAll(tornCode)].map(([, code = '']) => code);
  return { message: oneLine(typeof unescaped === 'string' ? unescaped : raw), codes };
}

/** A page's title and headline: `Attention Required! | Cloudflare: Sorry, you have been blocked`. */
function readMarkup(text: string): ProviderBody {
  const page = text.replace(/<(script|style)\b.*?(?:<\/\1\s*>|$)|<!--.*?(?:-->|$)/gisu, ' ');
  const inside = (name: string): string =>
    withoutTags(new RegExp(`<${name}\\b[^>]*>(.*?)(?:</${name}\\s*>|$)`, 'isu').exec(page)?.[1]);
  const xml = inside('message');
  if (xml !== '') return { message: xml, codes: [inside('code')].filter((code) => code !== '') };
  const parts = [inside('title'), inside('h1')].filter((part) => part !== '');
  const [title = '', headline = ''] = parts;
  const message = headline.includes(title) ? headline : [...new Set(parts)].join(': ');
  return { message: message || withoutTags(page), codes: [] };
}

const longestText = 300;
const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['nbsp', ' '],
]);

function withoutTags(html = ''): string {
  const text = html
    .replace(/<[^>]*(?:>|$)/gu, ' ')
    .replace(/&(#?\w+);/gu, (entity, name: string) => entities.get(name) ?? entity);
  return oneLine(text).slice(0, longestText);
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
