// What a Reviewer's last message says. It was written by a model that has read the agent's files, so it is a claim: only
// this shape counts, and its texts become single safe lines before they reach the list or a prompt.

import { safeLine } from '../text/safe-text.ts';

export type Finding = {
  /** The number of the step that it is about; null if it is about none that exists. */
  step: number | null;
  problem: string;
  evidence: string;
};

/** Null: it cannot be understood. */
type Verdict = { accepts: true } | { accepts: false; findings: readonly Finding[] } | null;

/** A list with more of them is cut: the next round finds the rest. */
const mostFindings = 10;
const longestProblem = 300;
const longestEvidence = 300;

export function readVerdict(message: string | null, steps: number): Verdict {
  const fields = message === null ? null : lastObject(message);
  if (fields === null || !Array.isArray(fields['findings'])) return null;
  const entries: readonly unknown[] = fields['findings'];
  const findings = entries.map((entry) => readFinding(entry, steps));
  if (!findings.every((finding) => finding !== null)) return null;
  // One that contradicts itself is not understood, and never an acceptance.
  if (fields['verdict'] === 'accept') {
    return findings.length === 0 && endsWithObject(message ?? '') ? { accepts: true } : null;
  }
  if (fields['verdict'] !== 'reject' || findings.length === 0) return null;
  return { accepts: false, findings: findings.slice(0, mostFindings) };
}

function readFinding(entry: unknown, steps: number): Finding | null {
  if (!isFields(entry)) return null;
  const { step, problem, evidence } = entry;
  if (typeof problem !== 'string') return null;
  const said = plain(problem, longestProblem);
  if (said === '') return null;
  const isStep = typeof step === 'number' && Number.isInteger(step) && step >= 1 && step <= steps;
  const shown = typeof evidence === 'string' ? plain(evidence, longestEvidence) : '';
  return { step: isStep ? step : null, problem: said, evidence: shown };
}

/** One line that markdown and the prompt read as text: it opens no comment, link, code or tag. */
function plain(text: string, length: number): string {
  const line = safeLine(text, length).replace(/[`<>[\]\\]/gu, ' ');
  return line.replace(/\s+/gu, ' ').trim();
}

/** The last JSON object of the text that is not part of another one. */
function lastObject(text: string): Readonly<Record<string, unknown>> | null {
  const end = text.lastIndexOf('}') + 1;
  if (end === 0) return null;
  let tries = 0;
  for (let at = text.indexOf('{'); at !== -1 && at < end; at = text.indexOf('{', at + 1)) {
    if (++tries > mostTries) return null;
    try {
      const value: unknown = JSON.parse(text.slice(at, end));
      if (isFields(value)) return value;
    } catch {
      // It begins further on.
    }
  }
  return null;
}

/** An acceptance that is only quoted is none: it stands on lines of its own, at the end. */
function endsWithObject(text: string): boolean {
  return /(?:^|\n)[^\S\n]*\{[^{}]*\}\s*(?:```\s*)?$/u.test(text);
}

const mostTries = 500;

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
