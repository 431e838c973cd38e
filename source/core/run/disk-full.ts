// A full disk differs from every other file error: it resolves itself once disk space is freed.

/** Whether the system refused a write for lack of disk space. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' || isDiskFull(error.cause);
}

/** Whether a hub refused a record for lack of space: this resolves itself, too. */
export function isHubFull(error: unknown): boolean {
  return error instanceof Error && (error as { problem?: unknown }).problem === 'full';
}
