// What cannot be asked of a task over a hub, since it needs the task's files or conversation, which are on its machine: what can be
// done instead, for the keys of a dashboard and for the options that do the same.

const where = 'on its machine, in the directory that the worker there names';

/** Null for what is carried out. `bringing`: the command that brings its work. */
export function refusedOverHub(command: string, bringing: string): string | null {
  switch (command) {
    case 'merge':
      return `${bringing} brings its work: then git merge FETCH_HEAD^1`;
    case 'show-changes':
    case 'undo':
      return `${bringing} brings its work: then git log -p FETCH_HEAD^1`;
    case 'take-over':
      return `A conversation is taken over ${where}: autonomous-tui --take-over`;
    case 'resume-last':
      return 'Its worker says whether it goes on in the last conversation (--worker --resume-last): c continues it';
    case 'settings':
      return 'What a task of a hub was given with stays so: give a new one with other options (only --pinned can be changed)';
    case 'archive':
    case 'unarchive':
    case 'delete':
      return 'Nothing is deleted at a hub: its tasks stay, and b hides those that are done';
    case 'report':
      return `The report of a task is written ${where}: autonomous-tui --report`;
    case 'accept-version':
    case 'add-step':
    case 'reword':
    case 'skip':
    case 'untick':
    case 'move-up':
    case 'move-down':
    case 'edit-list':
    case 'edit-this-list':
    case 'edit-description':
    case 'edit-notes':
    case 'open-file':
      return `${bringing} brings its files; they are changed on its machine only`;
    case 'export':
      return `The log of a task is exported ${where}: autonomous-tui --log`;
    default:
      return null;
  }
}
