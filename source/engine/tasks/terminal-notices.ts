// Notifies the user by the terminal of an open dashboard. Each thing is told by one dashboard, whichever sees it first,
// and by none while its terminal has the focus: the user sees it happen.

import { knownOf, newsBetween, type BoardNews } from '../../core/notify/board-news.ts';
import type { NotifyEvent } from '../../core/notify/events.ts';
import { noticeOf, noticeOfAll, type Notice } from '../../core/notify/notice.ts';
import { paced } from '../../core/notify/notice-pace.ts';
import type { Clock } from '../../system/clock.ts';
import type { Store } from './store.ts';

type NoticesDeps = {
  clock: Clock;
  store: Pick<Store, 'board' | 'subscribe'>;
  on: readonly NotifyEvent[];
  /** True for the first who asks, of all dashboards. Never rejects. */
  claim(news: BoardNews): Promise<boolean>;
};

/** The user's terminal. */
type NoticeTerminal = {
  /** False while another program has it: what happens is news when it is back, or another dashboard tells it. */
  isOurs(): boolean;
  isFocused(): boolean;
  tell(notice: Notice): void;
};

/** Returns the function that ends it. */
export function tellOfNews(deps: NoticesDeps, terminal: NoticeTerminal): () => void {
  const { clock, store, on, claim } = deps;
  let last = store.board();
  let since = clock.now();
  /** Beside the claims, which a full disk may lose. */
  const known = new Set(knownOf(last).map(identityOf));
  let waiting: readonly BoardNews[] = [];
  let toldAt: readonly number[] = [];
  let cancel = (): void => {};
  let isClosed = false;

  function look(): void {
    if (!terminal.isOurs()) return;
    const before = last;
    last = store.board();
    if (!before.looked) {
      // What was before the first look is told in the dashboard.
      since = clock.now();
      for (const one of knownOf(last)) known.add(identityOf(one));
      return;
    }
    const news = newsBetween(before, last, since).filter((one) => !known.has(identityOf(one)));
    for (const one of news) known.add(identityOf(one));
    const wanted = news.filter(({ event }) => on.includes(event));
    if (wanted.length > 0) void take(wanted);
  }

  async function take(news: readonly BoardNews[]): Promise<void> {
    const isOurs = await Promise.all(news.map(claim));
    waiting = [...waiting, ...news.filter((_, index) => isOurs[index])];
    tell();
  }

  function tell(): void {
    if (isClosed) return;
    cancel();
    if (!terminal.isOurs()) {
      cancel = clock.wakeAt(clock.now() + lookAgainMs, tell);
      return;
    }
    if (terminal.isFocused()) waiting = [];
    const at = clock.monotonic();
    const { now, later, waitsMs } = paced(waiting, toldAt, at);
    waiting = later;
    toldAt = [...toldAt, ...now.map(() => at)].slice(-mostRemembered);
    const { project } = store.board();
    for (const some of now) {
      const [one] = some;
      if (one === undefined) continue;
      terminal.tell(
        some.length === 1 ? noticeOf(one, one.project ?? project) : noticeOfAll(some, project),
      );
    }
    if (waitsMs !== null) cancel = clock.wakeAt(clock.now() + waitsMs, tell);
  }

  const stop = store.subscribe(look);
  return () => {
    isClosed = true;
    stop();
    cancel();
  };
}

function identityOf({ project = '', key }: BoardNews): string {
  return `${project}\n${key}`;
}

const mostRemembered = 10;
/** For what was claimed just before the terminal was lent. */
const lookAgainMs = 30_000;
