import {
  emptyChecklist,
  nextStep,
  readChecklist,
  tickedSince,
} from '../../../source/core/checklist/checklist.ts';
import { codexArguments } from '../../../source/core/codex/arguments.ts';
import { parsedObject, textField } from '../../../source/core/json/json.ts';
import { safeText } from '../../../source/core/text/safe-text.ts';
import { promptFor } from '../../../source/core/codex/prompt.ts';
import { generatedTaskName, isTaskName } from '../../../source/core/task/task.ts';
import { threadIdOf } from '../../../source/system/state/task-files.ts';
import { markdownLines } from '../../../source/ui/rows/markdown-runs.ts';
import { holds, isHarmless, isSame, textOf, type Target } from './target.ts';

export const taskTargets: readonly Target[] = [
  { name: 'task_list.md', maxBytes: 16 * 1024, run: readList },
  { name: 'progress.md', maxBytes: 16 * 1024, run: readNotes },
  { name: 'task.json', maxBytes: 8 * 1024, run: readDescription },
  { name: 'session.id', maxBytes: 256, run: readThread },
];

function readList(bytes: Buffer): void {
  const checklist = readChecklist(textOf(bytes));
  const { steps, done, total } = checklist;
  holds(total === steps.length && done <= total, 'open and done steps are all steps');
  for (const [index, step] of steps.entries()) {
    holds(step.number === index + 1, 'steps are numbered');
    isHarmless(step.text);
    isHarmless(step.phase ?? '');
  }
  holds((nextStep(checklist) === null) === (done === total), 'as long as one is open, one is next');
  holds(tickedSince(checklist, checklist).length === 0, 'nothing is ticked by itself');
  holds(tickedSince(emptyChecklist, checklist).length === done, 'all that is done was once ticked');
}

function readNotes(bytes: Buffer): void {
  const text = safeText(textOf(bytes), 4096);
  isHarmless(text);
  for (const line of markdownLines(text, 40)) isHarmless(line.map((run) => run.text).join(''));
}

function readDescription(bytes: Buffer): void {
  const fields = parsedObject(textOf(bytes));
  const description = (fields && textField(fields, 'description')) ?? '';
  holds(
    isTaskName(generatedTaskName(description, Date.UTC(2026, 0, 29, 12))),
    'a generated name is a name',
  );
  const prompt = promptFor({
    role: 'executor',
    taskName: 'shop',
    description,
    session: 1,
    nextStep: null,
    progress: { done: 0, total: 1 },
    resumed: false,
    additions: [],
  });
  holds(prompt.startsWith('Task directory: .autonomous/shop/\n'), 'a prompt begins with its task');
}

function readThread(bytes: Buffer): void {
  const text = textOf(bytes);
  const id = threadIdOf({ text } as Parameters<typeof threadIdOf>[0]);
  const call = { sandbox: 'workspace-write', extra: [], uuid: 'u' } as const;
  const words = codexArguments({ ...call, resumes: id ?? text });
  holds(words.includes('resume') === (id !== null), 'only a UUID is resumed');
  if (id === null) isSame(words, codexArguments({ ...call, resumes: null }), 'all else is fresh');
}
