// Which task a description means that is given to a hub: a new one, or one of the project that the hub has. The rule is that of
// engine/tasks/task-choice.ts.

import {
  generatedTaskName,
  invalidNameSentence,
  isTaskName,
  unusedTaskName,
} from '../task/task.ts';

type GivenName = { kind: 'new' | 'known'; name: string } | { kind: 'problem'; sentence: string };

type Given = {
  /** As the user named it; null if not. */
  name: string | null;
  description: string;
  now: number;
};

/** `known`: the descriptions of the project's tasks at the hub, by their names; null of one that cannot be read. */
export function givenName(
  known: ReadonlyMap<string, string | null>,
  { name, description, now }: Given,
): GivenName {
  if (name !== null && !isTaskName(name)) return problem(invalidNameSentence(name));
  if (description.trim() === '')
    return problem('The description is empty: say what should be done');
  if (name === null) {
    for (const [other, its] of known)
      if (its === description) return { kind: 'known', name: other };
    const wanted = generatedTaskName(description, now);
    return { kind: 'new', name: unusedTaskName(wanted, (one) => known.has(one)) };
  }
  if (!known.has(name)) return { kind: 'new', name };
  return known.get(name) === description
    ? { kind: 'known', name }
    : problem(
        `The hub has a task ${name} of this project with another description: omit the description to continue it, or choose another name`,
      );
}

function problem(sentence: string): GivenName {
  return { kind: 'problem', sentence };
}
