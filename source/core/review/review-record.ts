// What run.json holds of the reviews of a task. A record of another version or none has none.

import { countField, field, listField, textField, type JsonObject } from '../json/json.ts';
import { noReview, type Review } from './review.ts';
import type { Finding } from './verdict.ts';

export function readReview(fields: JsonObject | null): Review {
  if (fields === null) return noReview;
  return {
    round: countField(fields, 'round') ?? 0,
    rejected: countField(fields, 'rejected') ?? 0,
    unclear: countField(fields, 'unclear') ?? 0,
    accepted: field(fields, 'accepted') === true,
    last: findings(listField(fields, 'last')),
    pending: findings(listField(fields, 'pending')),
  };
}

function findings(entries: readonly unknown[]): Finding[] {
  return entries.flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
    const fields = entry as JsonObject;
    const problem = textField(fields, 'problem');
    if (problem === null) return [];
    const evidence = textField(fields, 'evidence') ?? '';
    return [{ step: countField(fields, 'step'), problem, evidence }];
  });
}
