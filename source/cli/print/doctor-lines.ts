// `--doctor`: a line for each finding, or one JSON document.
//
//   ✓ Codex            0.171.0 (/usr/local/bin/codex)
//   ✗ login            Codex is not logged in: run codex login

import type { Finding } from '../../core/doctor/finding.ts';
import { printedJson } from '../../core/json/printed.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { wrapText } from '../../ui/look/text-wrap.ts';

const signs = { ok: '✓', note: '!', stops: '✗' } as const;
const colours = { ok: 32, note: 33, stops: 31 } as const;
const nameWidth = 'state directory'.length;
const maxSentenceLength = 2000;

type Look = {
  isColoured: boolean;
  /** Of the terminal; null: the line is not broken. */
  columns: number | null;
};

/** In a terminal, a long sentence stays below itself. */
export function findingLine(
  { name, result, sentence }: Finding,
  { isColoured, columns }: Look,
): string {
  const sign = isColoured ? `\u001B[${colours[result]}m${signs[result]}\u001B[39m` : signs[result];
  const text = safeLine(sentence, maxSentenceLength);
  const indentation = nameWidth + 4;
  const room = columns === null ? Infinity : Math.max(20, columns - indentation);
  const lines = wrapText(text, room).join(`\n${' '.repeat(indentation)}`);
  return `${sign} ${name.padEnd(nameWidth)}  ${lines}\n`;
}

export function lastLine(findings: readonly Finding[]): string {
  const stopping = findings.filter(({ result }) => result === 'stops').map(({ name }) => name);
  return stopping.length === 0
    ? '\nNothing here stops a run\n'
    : `\nNo run works before this is put right: ${stopping.join(', ')}\n`;
}

export function doctorJson(project: string, findings: readonly Finding[]): string {
  const checks = findings.map(({ name, result, sentence }) => ({
    name,
    result,
    sentence: safeLine(sentence, maxSentenceLength),
  }));
  const ok = findings.every(({ result }) => result !== 'stops');
  return printedJson({ version: 1, project, ok, checks }, 2) + '\n';
}
