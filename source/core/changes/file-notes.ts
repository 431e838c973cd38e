// What there is to say of a changed file before its lines: what became of it beside them.

import type { FileEntry } from '../checkpoint/undo-plan.ts';
import type { ChangedFile, PatchLine } from './changes.ts';

type ChangeKind = 'new' | 'deleted' | 'renamed' | 'changed';

export function changeKindOf({
  before,
  after,
  renamedFrom,
}: Pick<ChangedFile, 'before' | 'after' | 'renamedFrom'>): ChangeKind {
  if (before === null) return 'new';
  if (after === null) return 'deleted';
  return renamedFrom === null ? 'changed' : 'renamed';
}

export function fileNotes(file: ChangedFile): PatchLine[] {
  const { before, after, renamedFrom, meanwhile } = file;
  const notes: string[] = [];
  if (meanwhile !== null) notes.push(`Changed meanwhile, maybe by ${meanwhile}`);
  if (renamedFrom !== null) notes.push(`Renamed from ${renamedFrom}`);
  if (before === null || after === null) {
    const kind = typeOf(after ?? before);
    const what = kind === 'file' ? '' : ` ${kind}`;
    notes.push(`${before === null ? 'New' : 'Deleted'}${what}`.trim());
  } else if (typeOf(before) !== typeOf(after)) {
    notes.push(`Was a ${typeOf(before)}, is a ${typeOf(after)}`);
  } else if (before.mode !== after.mode) {
    notes.push(after.mode === '100755' ? 'Can be executed now' : 'Cannot be executed any more');
  }
  if (before?.id === after?.id && renamedFrom !== null) notes.push('Its lines did not change');
  return notes.map((text) => ({ kind: 'note', text, number: null }));
}

/** A submodule's commit is not in this repository. */
export function isSubmodule({ before, after }: Pick<ChangedFile, 'before' | 'after'>): boolean {
  return before?.mode === '160000' || after?.mode === '160000';
}

function typeOf(entry: FileEntry | null): 'file' | 'link' | 'submodule' {
  if (entry?.mode === '160000') return 'submodule';
  return entry?.mode === '120000' ? 'link' : 'file';
}
