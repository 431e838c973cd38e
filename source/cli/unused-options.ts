// What a command was given and does not use. It is named on stderr: an option that is dropped silently is believed.

import { warn } from './complain.ts';
import type { Invocation } from './invocation.ts';
import type { OptionName } from './options/table.ts';

type Given = OptionName | 'the description' | 'the arguments after --';

const reading = ['json', 'cd'] as const satisfies readonly Given[];
const running = [
  'no-auto-continue',
  'max-sessions',
  'network',
  'cd',
  'codex',
  'model',
  'profile',
  'check',
  'check-network',
  'no-check-network',
  'review',
  'no-review',
  'worktree',
  'no-worktree',
  'pinned',
  'no-pinned',
  'trust-owner',
  'the arguments after --',
] as const satisfies readonly Given[];

/** A run that is restarted keeps its own. */
const limits = [
  'max-tokens',
  'max-time',
  'until',
  'hours',
  'after',
  'plan-only',
] as const satisfies readonly Given[];

const starting = [
  'the description',
  'task-name',
  'continue',
  'resume-last',
  ...running,
  ...limits,
] as const satisfies readonly Given[];

const uses = {
  '--completions': ['completions', 'cd'],
  '--doctor': ['doctor', 'codex', 'hub', ...reading],
  '--list': ['list', 'all', ...reading],
  '--log': ['log', 'filter', 'since', 'follow', ...reading],
  '--report': ['report', 'since', 'task-name', ...reading],
  '--diff': ['diff', 'session', 'hub', 'task-name', 'cd'],
  '--undo': ['undo', 'session', 'back-to', 'yes', 'hub', 'task-name', 'cd'],
  '--tell': ['tell', 'now', 'hub', 'task-name', 'cd'],
  '--pause': ['pause', 'hub', 'task-name', 'cd'],
  '--pause-after-session': ['pause-after-session', 'hub', 'task-name', 'cd'],
  '--take-over': ['take-over', 'task-name', ...running],
  '--merge': ['merge', 'yes', 'hub', 'task-name', 'cd'],
  '--archive': ['archive', 'task-name', 'cd'],
  '--unarchive': ['unarchive', 'task-name', 'cd'],
  '--delete': ['delete', 'yes', 'task-name', 'cd'],
  '--install-skill': ['install-skill'],
  '--uninstall-skill': ['uninstall-skill'],
  '--serve-hub': ['serve-hub', 'listen', 'machine'],
  '--worker': ['worker', 'hub', 'codex', 'network', 'resume-last'],
  'The list of a hub': ['hub', 'list', 'json'],
  'The dashboard of a hub': ['hub', 'cd'],
  'Continuing a task of a hub': ['hub', 'continue', 'task-name', 'cd'],
  'Pinning a task of a hub': ['hub', 'pinned', 'no-pinned', 'continue', 'task-name', 'cd'],
  'Giving a task to a hub': [
    'hub',
    'pinned',
    'no-pinned',
    'task-name',
    'cd',
    'model',
    'check',
    'review',
    'no-review',
    'the description',
  ],
  '--demo': ['demo', 'headless', 'codex', 'model', 'profile', 'the arguments after --'],
  '--continue-all': ['continue-all', 'headless', 'background', ...running],
  '--background': ['background', ...starting],
  'The dashboard': ['all', 'continue-all', ...starting],
} as const satisfies Record<string, readonly Given[]>;

/** What answers an invocation. A headless run is none of them: it uses all that can get to it. */
export type Answering = keyof typeof uses;

export function warnOfUnused(answering: Answering, invocation: Invocation): void {
  const sentence = unusedSentence(answering, invocation);
  if (sentence !== null) warn(sentence);
}

type WhatIsGiven = Pick<Invocation, 'given' | 'description' | 'extra'>;

/** `--list does not use: --continue, the description` */
export function unusedSentence(answering: Answering, invocation: WhatIsGiven): string | null {
  const used: readonly Given[] = uses[answering];
  const unused = allGiven(invocation).filter((one) => !used.includes(one));
  if (unused.length === 0) return null;
  return `${answering} does not use: ${unused.map(asTyped).join(', ')}`;
}

/** For a headless call that names no task; null if nothing at all was given. */
export function noTaskSentence(invocation: WhatIsGiven): string | null {
  const given = allGiven(invocation).map(asTyped);
  return given.length === 0
    ? null
    : `No task is named for ${given.join(', ')}: add a description in quotes, --task-name NAME or --continue`;
}

function allGiven({ given, description, extra }: WhatIsGiven): Given[] {
  return [
    ...given,
    ...(description === null ? [] : (['the description'] as const)),
    ...(extra.length === 0 ? [] : (['the arguments after --'] as const)),
  ];
}

function asTyped(one: Given): string {
  return one.startsWith('the ') ? one : `--${one}`;
}
