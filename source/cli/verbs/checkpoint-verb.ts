// The verbs on a task's work in git, as they stand on the command line: --diff, --undo and --merge.

import type { SessionName } from '../../core/checkpoint/checkpoint-refs.ts';
import type { OptionRow, Value, ValuesOf } from '../options/option-row.ts';

export const checkpointOptions = [
  {
    name: 'diff',
    takes: 'nothing',
    help: 'With --task-name: print what the task changed, as a patch',
    group: 'ours',
  },
  {
    name: 'session',
    takes: 'text',
    value: 'N',
    help: 'With --diff: only what this session changed; with --undo: the session to take back',
    group: 'ours',
  },
  {
    name: 'undo',
    takes: 'nothing',
    help: 'With --task-name: take back what a session did to the files; says what, and asks',
    group: 'ours',
  },
  {
    name: 'back-to',
    takes: 'text',
    value: 'N',
    help: 'With --undo: take back session N and all after it',
    group: 'ours',
  },
  {
    name: 'merge',
    takes: 'nothing',
    help: "With --task-name: merge the task's branch into the branch it started from",
    group: 'ours',
  },
  {
    name: 'yes',
    takes: 'nothing',
    help: 'With --undo: do not ask; with --merge: let a session resolve conflicts; with --delete: delete',
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

export type CheckpointVerb =
  | {
      name: 'diff';
      /** Null: the whole task. */
      session: SessionName | null;
    }
  | { name: 'undo'; session: SessionName; /** And all after it. */ backTo: boolean; yes: boolean }
  | { name: 'merge'; /** Where it conflicts, a session resolves it. */ yes: boolean };

type Given = ValuesOf<typeof checkpointOptions> & { 'task-name'?: Value };

/** Null if there is none; a sentence if it is wrong. */
export function checkpointVerb(
  values: Given,
  words: readonly string[],
): CheckpointVerb | null | { problem: string } {
  const { diff, undo, session, 'back-to': backTo, yes } = values;
  const problem = whyWrong(values, words);
  if (problem !== null) return { problem };
  if (diff === true) {
    const named = session === undefined ? null : sessionName(session);
    return named === 'wrong' ? wrong('session', session) : { name: 'diff', session: named };
  }
  if (values.merge === true) return { name: 'merge', yes: yes === true };
  if (undo !== true) return null;
  const isBack = backTo !== undefined;
  const named = sessionName(isBack ? backTo : session);
  if (named === 'wrong' || (isBack && typeof named !== 'number')) {
    return isBack ? wrong('back-to', backTo) : wrong('session', session);
  }
  return { name: 'undo', session: named, backTo: isBack, yes: yes === true };
}

function whyWrong(values: Given, words: readonly string[]): string | null {
  const { diff, undo, session, 'back-to': backTo, yes } = values;
  const verbs = (['diff', 'undo', 'merge'] as const).filter((name) => values[name] === true);
  if (verbs.length > 1) return `Give either ${verbs.map((name) => `--${name}`).join(' or ')}`;
  if (diff !== true && undo !== true && values.merge !== true) {
    if (session !== undefined) return '--session needs --diff or --undo';
    if (backTo !== undefined) return '--back-to needs --undo';
    return yes === true ? '--yes needs --undo, --merge or --delete' : null;
  }
  const verb = `--${verbs.join()}`;
  if (words.length > 0) return `${verb} takes no description`;
  if (values['task-name'] === undefined) {
    return `${verb} needs the name of a task: --task-name NAME`;
  }
  if (undo !== true) {
    if (values.merge === true && session !== undefined) return '--session needs --diff or --undo';
    if (backTo !== undefined) return '--back-to needs --undo';
    return yes === true && diff === true ? '--yes needs --undo, --merge or --delete' : null;
  }
  return (session === undefined) === (backTo === undefined)
    ? '--undo needs either --session N or --back-to N'
    : null;
}

function wrong(option: string, value: unknown): { problem: string } {
  return { problem: `--${option} takes the number of a session, not ${JSON.stringify(value)}` };
}

function sessionName(value: unknown): SessionName | 'wrong' {
  if (typeof value !== 'string') return 'wrong';
  const [, undo, number] = /^(undo-)?([1-9]\d{0,8})$/.exec(value) ?? [];
  if (number === undefined) return 'wrong';
  return undo === undefined ? Number(number) : `undo-${Number(number)}`;
}
