// What Codex changed in the user's config.toml while its own screen was open: it asks whether a directory is trusted, and
// offers another model, and keeps the answers for all that comes. Values are told only where they cannot be secret.

import { isObject, type JsonObject } from '../json/json.ts';
import { cleanLine } from '../text/clean.ts';

const mostNamed = 5;

/** One sentence; null if nothing changed. A file that is missing is an empty table. */
export function configurationChange(before: JsonObject, after: JsonObject): string | null {
  const changes = [
    ...trustChanges(before, after),
    ...modelChange(before, after),
    ...otherChanges(before, after),
  ];
  if (changes.length === 0) return null;
  const more = changes.length - mostNamed;
  const named = [...changes.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])];
  return `Codex changed its config.toml for all that follows: ${named.join(', ')}`;
}

function trustChanges(before: JsonObject, after: JsonObject): string[] {
  const [was, is] = [table(before['projects']), table(after['projects'])];
  return differingKeys(was, is).flatMap((path) => {
    const level = table(is[path])['trust_level'];
    if (level === table(was[path])['trust_level']) return [];
    return typeof level === 'string'
      ? [`${word(path)} is ${word(level)}`]
      : [`${word(path)} is not trusted any more`];
  });
}

function modelChange(before: JsonObject, after: JsonObject): string[] {
  const { model } = after;
  if (model === before['model']) return [];
  return [typeof model === 'string' ? `the model is ${word(model)}` : 'no model is set'];
}

function otherChanges(before: JsonObject, after: JsonObject): string[] {
  return differingKeys(before, after)
    .filter((key) => !toldApart.has(key))
    .map((key) => `${word(key)} is different`);
}

/** `notice` and `tui` say which questions Codex has asked, and how its screen looks. */
const toldApart = new Set(['projects', 'model', 'notice', 'tui']);

function differingKeys(before: JsonObject, after: JsonObject): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

function table(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function word(text: string): string {
  return cleanLine(text, { maxLength: 200 });
}
