// The journal as text: one line of JSON for each thing that happened. A torn line is left out.
//
//   {"at":1769684647000,"what":"session","session":4,"uuid":"…","role":"executor","from":1769684475000,
//    "outcome":"completed","usage":{…}}
//   {"at":1769684648000,"what":"waits","for":"usage limit","sentence":null}

import { checkOutcomes } from '../check/check.ts';
import { plainText } from '../checklist/step-words.ts';
import type { Usage } from '../codex/log-event.ts';
import {
  countField,
  field,
  listField,
  numberField,
  objectField,
  objectsField,
  parsedObject,
  textField,
  type JsonObject,
} from '../json/json.ts';
import { roles } from '../task/task.ts';
import type { Ending } from '../run/run.ts';
import { safeLine } from '../text/safe-text.ts';
import { reviewVerdicts, type JournalLine, type JournalTick } from './journal-line.ts';

const longestText = 300;
/** Of one line. */
const mostParts = 500;

export function journalText(line: JournalLine): string {
  return `${JSON.stringify(bounded(line))}\n`;
}

/** By which a tick is found again in the list, as long as its step says the same. */
export function tickKey(text: string): string {
  return safeLine(plainText(text), longestText);
}

export function shortText(text: string): string {
  return safeLine(text, longestText);
}

/** The list may have been longer when the line was written: what a file holds is bounded by what a line does. */
function bounded(line: JournalLine): JournalLine {
  switch (line.what) {
    case 'ticks':
      return { ...line, ticks: line.ticks.slice(0, mostParts) };
    case 'guard':
      return { ...line, lines: line.lines.slice(0, mostParts).map(shortText) };
    case 'check':
      return { ...line, command: shortText(line.command) };
    case 'waits':
    case 'ended':
      return { ...line, sentence: line.sentence === null ? null : shortText(line.sentence) };
    case 'run':
    case 'session':
    case 'review':
    case 'goes on':
      return line;
    default:
      return line satisfies never;
  }
}

/** In the order of the file. */
export function readJournal(text: string): readonly JournalLine[] {
  return text.split('\n').flatMap((one) => {
    const json = one === '' ? null : parsedObject(one);
    const line = json === null ? null : readLine(json);
    return line === null ? [] : [line];
  });
}

function readLine(json: JsonObject): JournalLine | null {
  const at = numberField(json, 'at');
  if (at === null) return null;
  const what = textField(json, 'what');
  const session = countField(json, 'session');
  switch (what) {
    case 'run':
    case 'goes on':
      return { at, what };
    case 'waits': {
      const reason = textField(json, 'for');
      return reason === null
        ? null
        : { at, what, for: shortText(reason), sentence: sentenceIn(json) };
    }
    case 'ended': {
      const kind = endings.find((one) => one === field(json, 'kind'));
      return kind === undefined ? null : { at, what, kind, sentence: sentenceIn(json) };
    }
    case 'session':
      return session === null ? null : readSession(json, at, session);
    case 'ticks': {
      const ticks = objectsField(json, 'ticks').slice(0, mostParts).flatMap(readTick);
      return session === null ? null : { at, what, session, ticks };
    }
    case 'guard': {
      const lines = listField(json, 'lines').filter((one) => typeof one === 'string');
      if (session === null || lines.length === 0) return null;
      return { at, what, session, lines: lines.slice(0, mostParts).map(shortText) };
    }
    case 'check': {
      const command = textField(json, 'command');
      const outcome = checkOutcomes.find((one) => one === field(json, 'outcome'));
      if (session === null || command === null || outcome === undefined) return null;
      return { at, what, session, command: shortText(command), outcome };
    }
    case 'review': {
      const verdict = reviewVerdicts.find((one) => one === field(json, 'verdict'));
      const round = countField(json, 'round');
      return session === null || verdict === undefined
        ? null
        : { at, what, session, round, verdict };
    }
    default:
      return null;
  }
}

function readSession(json: JsonObject, at: number, session: number): JournalLine | null {
  const [uuid, outcome] = ['uuid', 'outcome'].map((name) => textField(json, name));
  const from = numberField(json, 'from');
  if (uuid == null || outcome == null || from === null) return null;
  const role = roles.find((one) => one === textField(json, 'role'));
  if (role === undefined) return null;
  return {
    ...{ at, what: 'session', session, uuid, role, from, outcome: shortText(outcome) },
    usage: readTokens(objectField(json, 'usage')),
  };
}

function readTokens(json: JsonObject | null): Usage | null {
  if (json === null) return null;
  return {
    inputTokens: countField(json, 'inputTokens') ?? 0,
    cachedInputTokens: countField(json, 'cachedInputTokens') ?? 0,
    outputTokens: countField(json, 'outputTokens') ?? 0,
    reasoningTokens: countField(json, 'reasoningTokens') ?? 0,
  };
}

function readTick(json: JsonObject): JournalTick[] {
  const [step, text] = [textField(json, 'step'), textField(json, 'text')];
  if (step === null || text === null) return [];
  const reason = shortText(textField(json, 'reason') ?? '');
  return [{ step, text: shortText(text), proven: field(json, 'proven') === true, reason }];
}

const endings: readonly Ending['kind'][] = ['done', 'stopped', 'paused', 'failed', 'interrupted'];

function sentenceIn(json: JsonObject): string | null {
  const sentence = textField(json, 'sentence');
  return sentence === null ? null : shortText(sentence);
}
