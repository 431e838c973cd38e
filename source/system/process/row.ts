// One process as the system's table has it, on Linux and macOS alike.

export type ProcessRow = {
  pid: number;
  group: number;
  startTime: string;
  zombie: boolean;
  /** By SIGSTOP, Ctrl-Z or a debugger: alive, and does nothing until it is continued. */
  stopped: boolean;
};
