// The moves that every pane supports.

export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';
