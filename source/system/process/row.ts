// One process as the system's table has it, on Linux and macOS alike.

export type ProcessRow = { pid: number; group: number; startTime: string; zombie: boolean };
