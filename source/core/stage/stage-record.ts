// What run.json holds of the stage between two sessions. Parts that this version does not know are left out.

import { listField, textField, type JsonObject } from '../json/json.ts';
import type { RunRecord } from '../run/record.ts';
import {
  longestTelling,
  stageParts,
  type StagePart,
  type StagePurpose,
  type Told,
} from './stage.ts';

const purposes: readonly StagePurpose[] = ['session', 'baseline', 'final'];

/** Null if no stage was under way. */
export function readStage(fields: JsonObject | null): RunRecord['stage'] {
  if (fields === null) return null;
  const purpose = purposes.find((one) => one === textField(fields, 'purpose'));
  return purpose === undefined ? null : { purpose, left: listField(fields, 'left').filter(isPart) };
}

export function readTold(entries: readonly unknown[]): readonly Told[] {
  return entries.flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { part, text } = entry as Record<string, unknown>;
    return isPart(part) && typeof text === 'string'
      ? [{ part, text: text.slice(0, longestTelling) }]
      : [];
  });
}

function isPart(value: unknown): value is StagePart {
  return stageParts.some((part) => part === value);
}
