// What a look at task_list.md finds.

export type ListLook = { kind: 'missing' } | { kind: 'unreadable'; sentence: string } | ListRead;

/**
 * `next`: number and text of the next open step; null when none is open. `missed`: how many lines look like an open
 * box and are no step; default: none.
 */
export type ListRead = {
  kind: 'read';
  done: number;
  total: number;
  next: string | null;
  missed?: number;
};
