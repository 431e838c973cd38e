// The nouns of the product, and how a description becomes a safe name.
// A task's name becomes a path and a line on the screen, so nothing but this grammar ever does.

/** What a session is for: the Initializer writes the checklist, Executors work it off. */
export type Role = 'initializer' | 'executor';

/** What Codex's tools may do. Full access is never the default and never remembered. */
export type Sandbox = 'workspace-write' | 'danger-full-access';
