// The few moves that every pane answers.

export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';
