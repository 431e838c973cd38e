// The prompts of both roles, and the one list of notes that can be added to them.
// Every prompt, resumed ones too, first names the task's directory as `.autonomous/<task>/`, with the
// slash, or by its whole path if the sessions work in a worktree: the agent, the tests' scripted model and later readers of the thread find the task by it.

import type { MissedBox } from '../checklist/missed-box.ts';
import type { Role } from '../task/task.ts';

/** A note that can be added to a prompt: a fact about the previous session. */
export type Addition =
  /** The previous session was cut off; files may be half changed. */
  | { kind: 'interrupted' }
  /** The conversation was full, so this one is new. */
  | { kind: 'context-full' }
  /** The conversation to resume no longer exists, so this one is new. */
  | { kind: 'conversation-gone' }
  /** The previous session was silent or changed nothing. */
  | { kind: 'stalled' }
  /** Several sessions ticked nothing: the step is too large. */
  | { kind: 'split-step' }
  /** Codex ended well but left no usable checklist. */
  | { kind: 'no-checklist' }
  /** What the stage before this session found: the runner's own words. */
  | { kind: 'told'; text: string };

export type PromptParts = {
  role: Role;
  taskName: string;
  /** The task's directory by its whole path, with the slash, if the sessions work elsewhere. */
  directory?: string | undefined;
  /** What the user asked for. Empty for a task that another program began: its checklist says enough. */
  description: string;
  session: number;
  /** The first open step as written in task_list.md; null for the Initializer. */
  nextStep: { number: number; text: string } | null;
  progress: { done: number; total: number };
  /** True when the conversation continues, so the prompt does not repeat what it already knows. */
  resumed: boolean;
  additions: readonly Addition[];
  /** What the user tells the task with this prompt, as a section; default: nothing. */
  guidance?: string;
  /** Lines of task_list.md that look like an open box and are no step; default: none. */
  missed?: readonly MissedBox[];
  /** The checks that the runner runs, as a paragraph; default: none. */
  checks?: string;
  /** The project's own instructions, where Codex does not read them itself; default: none. */
  projectInstructions?: string;
};

/** Longest description in a prompt, in characters: Codex refuses prompts over 1,048,576. */
export const maxDescriptionLength = 1_000_000;

/** The text that a session gets on its standard input. */
export function promptFor(parts: PromptParts): string {
  const directory = parts.directory ?? `.autonomous/${parts.taskName}/`;
  const sections =
    parts.role === 'initializer'
      ? initializerSections(parts, directory)
      : executorSections(parts, directory);
  return (
    [...sections, parts.checks ?? '', parts.projectInstructions ?? '']
      .filter((section) => section !== '')
      .join('\n\n') + '\n'
  );
}

function initializerSections(parts: PromptParts, directory: string): string[] {
  return [
    `Task directory: ${directory}\nRole: Initializer (session ${parts.session})`,
    parts.guidance ?? '',
    ...parts.additions.map(sentenceFor),
    `You are the first of many sessions that will work on one goal. You plan; later sessions, which know ` +
      `nothing but the files, do the work one step at a time. Nobody is there to answer questions.`,
    parts.description === ''
      ? ''
      : `The goal, in the user's words:\n\n<goal>\n${parts.description}\n</goal>`,
    `What to do now:
1. Look at the project: what exists, how it is built and tested, which conventions it follows.
2. Write ${directory}task_list.md: 10 to 100 steps as checkboxes (\`- [ ] …\`) under phase headings (\`## …\`),
   ordered by dependency, so that each can be done when all above it are done. Fewer than 10 only where
   the goal is truly smaller. A step is one piece of work of at most about half an hour, and says how to see
   that it is done (a command that passes, a file that exists, a behaviour that can be checked).
   End with steps that check the whole.
3. Write ${directory}progress.md: what you found out about the project, decisions that later sessions need,
   and a heading \`## Session ${parts.session}\` with what you did.
4. Stop there. Do not begin with the steps themselves, and tick none.`,
  ];
}

function executorSections(parts: PromptParts, directory: string): string[] {
  const { done, total } = parts.progress;
  const next = parts.nextStep;
  const { guidance = '' } = parts;
  const about =
    `Task directory: ${directory}\nRole: Executor (session ${parts.session})\n` +
    `Progress: ${done}/${total}`;
  const step = next === null ? '' : `Next open step: ${next.number}. ${next.text}`;
  // What the user says stands above the step, in the one paragraph that says what this session is about.
  const head = [about, guidance, step].filter((line) => line !== '').join('\n');
  if (parts.resumed) {
    return [
      head,
      ...parts.additions.map(sentenceFor),
      missedBoxes(parts.missed ?? []),
      `Continue the task. Read ${directory}task_list.md and ${directory}progress.md again, since they may have ` +
        `changed, check what was left half done, and then work by the same rules as before: tick only what you have ` +
        `verified, never edit or remove a step, add to progress.md.`,
    ];
  }
  return [
    head,
    ...parts.additions.map(sentenceFor),
    missedBoxes(parts.missed ?? []),
    `You are one of many sessions that work on one goal, each with a fresh memory: only the files are ` +
      `passed on. Nobody is there to answer questions; decide what can be decided and write down why.`,
    parts.description === ''
      ? ''
      : `The goal, in the user's words:\n\n<goal>\n${parts.description}\n</goal>`,
    `How to work:
1. Read ${directory}task_list.md and the end of ${directory}progress.md. See the state of the project.
2. Check that what the last session did really works before you build on it. Where it does not, fix it first
   and say so in progress.md.
3. Do the next open step, then the one after it, as far as you can do them well. Several small steps in one
   session are good; half a step is not.
4. Tick a step (\`- [x]\`) as soon as you have verified it, by running what proves it, and not before.
5. Never remove, reword or reorder a step, and never untick one that works. You may add steps below where
   something is missing. A step that cannot be done stays open, with the reason after it in parentheses:
   \`- [ ] Deploy the site (blocked: no credentials)\`; continue with the next one that can be done.
6. Add to the end of ${directory}progress.md under \`## Session ${parts.session}\`: what was done, how it was verified, what
   the next session must know. Do not rewrite what others wrote there.
7. When all steps are ticked, check the whole once more against the goal and stop.`,
  ];
}

function sentenceFor(addition: Addition): string {
  switch (addition.kind) {
    case 'interrupted':
      return 'Note: the session before this one was interrupted in the middle. Files may be half changed: look (git status, git diff) before going on, and keep what is good.';
    case 'context-full':
      return 'Note: the conversation before this one ran out of room, so this one is new. Work in smaller portions and print less.';
    case 'conversation-gone':
      return 'Note: the conversation before this one is no longer there, so this one is new.';
    case 'stalled':
      return 'Note: the session before this one fell silent and was ended. If a command hung, run it with a time limit or in another way.';
    case 'split-step':
      return 'Note: several sessions have not finished the next open step. Break it down: add sub-steps as indented checkboxes below it, leave the step itself as it is, and do the first of them.';
    case 'no-checklist':
      return 'Note: the session before this one left no task_list.md with checkboxes. Writing that file is the one thing that matters now.';
    case 'told':
      return `Note: ${addition.text}`;
    default:
      return addition satisfies never;
  }
}

const mostNamedBoxes = 20;

function missedBoxes(boxes: readonly MissedBox[]): string {
  if (boxes.length === 0) return '';
  const named = boxes.slice(0, mostNamedBoxes).map(({ line, text }) => `line ${line}: ${text}`);
  const more = boxes.length - named.length;
  return [
    'Note: these lines of task_list.md look like open steps but do not count, because they are not written as checkboxes. ' +
      'Write them as `- [ ] …` on a line of their own, not indented by four spaces, behind a closed code fence and a blank line. ' +
      'The task is not done before:',
    ...named,
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n');
}
