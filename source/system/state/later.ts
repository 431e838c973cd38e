/** What a snapshot reads, for writers that are asynchronous anyway: what it throws rejects. */
export const later = async <Result>(read: () => Result): Promise<Result> =>
  Promise.resolve().then(read);
