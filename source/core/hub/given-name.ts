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
  /** Of the project's own tasks, by name, where it is worked on among them. Default: it is not. */
  here?: ReadonlyMap<string, TaskHere>;
  /** Of the known ones, those that no machine can go on with, since they are gone here. Default: none. */
  gone?: ReadonlySet<string>;
};

/** `isGiven`: to a hub, which may have lost it since. */
export type TaskHere = { descriptions: readonly (string | null)[]; isGiven: boolean };

/** `known`: the descriptions of the project's tasks at the hub, by their names; null of one that cannot be read. */
export function givenName(
  known: ReadonlyMap<string, string | null>,
  { name, description, now, here = new Map(), gone = new Set() }: Given,
): GivenName {
  if (name !== null && !isTaskName(name)) return problem(invalidNameSentence(name));
  if (description.trim() === '')
    return problem('The description is empty: say what should be done');
  if (name === null) {
    for (const [other, its] of known)
      if (its === description && !gone.has(other)) return { kind: 'known', name: other };
    for (const [other, its] of here)
      if (its.descriptions.includes(description)) return hereAlready(other, its, description);
    const wanted = generatedTaskName(description, now);
    const isTaken = (one: string): boolean => known.has(one) || here.has(one);
    return { kind: 'new', name: unusedTaskName(wanted, isTaken) };
  }
  if (!known.has(name)) {
    const its = here.get(name);
    return its === undefined ? { kind: 'new', name } : hereAlready(name, its, description);
  }
  if (gone.has(name)) {
    return problem(
      `The hub has a task ${name} that was deleted or replaced here since, so its worker leaves it alone: choose another name`,
    );
  }
  return known.get(name) === description
    ? { kind: 'known', name }
    : problem(
        `The hub has a task ${name} of this project with another description: omit the description to continue it, or choose another name`,
      );
}

/** One that the hub does not have. Given again, it is the same task. */
function hereAlready(
  name: string,
  { descriptions, isGiven }: TaskHere,
  description: string,
): GivenName {
  if (!descriptions.includes(description))
    return problem(`The project has a task ${name} with another description: choose another name`);
  return isGiven
    ? { kind: 'new', name }
    : problem(
        `${name} is this task already, without a hub: continue it with --task-name ${name} --continue, or give another description`,
      );
}

function problem(sentence: string): GivenName {
  return { kind: 'problem', sentence };
}
