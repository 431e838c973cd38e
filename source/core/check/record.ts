// What is known of a task's checks, as it is kept in its state directory, where the agent cannot write:
//
//   {"version":1,"directory":{…},"checks":[{"receipt":{"command":"npm test",…},"hasPassed":true,"baseline":{…}}]}

import {
  countField,
  field,
  listField,
  numberField,
  objectField,
  objectsField,
  textField,
  type JsonObject,
} from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { clean } from '../text/clean.ts';
import { checkOutcomes, type Receipt } from './check.ts';
import { readTree } from '../stage/tree.ts';
import { noHistory, type CheckHistory, type KnownCheck } from './history.ts';
import { maxTailLength } from './tail.ts';

/** Of more commands than any task has, the newest are kept. */
const maxChecks = 50;
const maxTouched = 21;

/** The fields in the order of the types, whatever the order they came in. */
export function checksRecord(history: CheckHistory, directory: DirectoryIdentity): object {
  const checks = history.slice(-maxChecks).map(({ receipt, hasPassed, baseline }) => ({
    receipt,
    hasPassed,
    baseline,
  }));
  return { version: 1, directory, checks };
}

/**
 * Those of this directory; none for a task that was deleted since, for another version, and for anything that is not
 * such a record: then every check has to run again.
 */
export function readCheckHistory(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): CheckHistory {
  if (json === null || directory === null || field(json, 'version') !== 1) return noHistory;
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  if (!isSameDirectory(kept, directory)) return noHistory;
  const known = new Map<string, KnownCheck>();
  for (const entry of objectsField(json, 'checks')) {
    const receipt = readReceipt(objectField(entry, 'receipt'));
    const baseline = readReceipt(objectField(entry, 'baseline'));
    if (receipt === null || baseline === null || known.has(receipt.command)) continue;
    if (baseline.command !== receipt.command) continue;
    const hasPassed = field(entry, 'hasPassed') === true;
    known.set(receipt.command, { receipt, hasPassed, baseline });
  }
  return [...known.values()];
}

function readReceipt(json: JsonObject | null): Receipt | null {
  if (json === null) return null;
  const command = textField(json, 'command');
  const session = countField(json, 'session');
  const at = numberField(json, 'at');
  const outcome = checkOutcomes.find((word) => word === field(json, 'outcome'));
  if (command === null || command === '' || session === null || at === null) return null;
  if (outcome === undefined) return null;
  return {
    command,
    network: field(json, 'network') === true,
    session,
    at,
    outcome,
    exitCode: numberField(json, 'exitCode'),
    signal: textField(json, 'signal'),
    durationMs: numberField(json, 'durationMs') ?? 0,
    tree: readTree(objectField(json, 'tree')),
    changedFiles: field(json, 'changedFiles') === true,
    touched: listField(json, 'touched')
      .filter((one) => typeof one === 'string')
      .slice(0, maxTouched)
      .map((one) => clean(one, { maxLength: 500 })),
    tail: clean(textField(json, 'tail') ?? '', { maxLength: maxTailLength }),
    hint: textField(json, 'hint'),
  };
}
