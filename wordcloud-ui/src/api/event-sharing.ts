/**
 * One event stream for all tabs: over HTTP/1.1 a browser opens six connections to an origin, and six streams would block
 * every other request. The tab that holds the Web Lock reads the stream and tells the others.
 */
import type { TaskEvent } from './event-lines.ts';

type Message =
  | { kind: 'event'; userId: string; event: TaskEvent; id: string | undefined }
  | { kind: 'live'; userId: string; isLive: boolean; lastId: string | undefined }
  /** A tab that has just come asks how things are. */
  | { kind: 'hello'; userId: string };

export interface SharingParts {
  userId: string;
  /** Undefined where the browser has none: then every tab has its own stream. */
  locks: Pick<LockManager, 'request'> | undefined;
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>;
  /** Reads the stream until the signal. */
  follow: (parts: {
    lastId: string | undefined;
    signal: AbortSignal;
    onEvent: (event: TaskEvent, id: string | undefined) => void;
    onLive: (isLive: boolean) => void;
  }) => Promise<void>;
  onEvent: (event: TaskEvent) => void;
  onLive: (isLive: boolean) => void;
}

const LOCK = 'wordcloud-events';

/** @returns a function that ends this tab's part; another tab goes on where it was */
export function shareEvents(parts: SharingParts): () => void {
  const { userId, locks, channel, follow, onEvent, onLive } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  let lastId: string | undefined;
  let isLive = false;
  let leads = false;

  const setLive = (value: boolean) => {
    isLive = value;
    onLive(value);
  };
  const tell = (message: Message) => channel.postMessage(message);

  const hear = ({ data }: MessageEvent<Message>) => {
    if (data.userId !== userId) return;
    if (data.kind === 'hello') {
      if (leads) tell({ kind: 'live', userId, isLive, lastId });
    } else if (!leads && data.kind === 'event') {
      lastId = data.id ?? lastId;
      onEvent(data.event);
    } else if (!leads && data.kind === 'live') {
      lastId = data.lastId ?? lastId;
      setLive(data.isLive);
    }
  };

  const lead = async () => {
    leads = true;
    await follow({
      lastId,
      signal,
      onEvent(event, id) {
        lastId = id ?? lastId;
        tell({ kind: 'event', userId, event, id });
        onEvent(event);
      },
      onLive(value) {
        setLive(value);
        tell({ kind: 'live', userId, isLive: value, lastId });
      },
    });
  };

  channel.addEventListener('message', hear as EventListener);
  tell({ kind: 'hello', userId });
  const leading = locks === undefined ? lead() : locks.request(LOCK, { signal }, lead);
  // A lock that is no longer waited for ends with the reason of the signal.
  Promise.resolve(leading).catch(() => {});

  return () => {
    stopping.abort();
    channel.removeEventListener('message', hear as EventListener);
    setLive(false);
  };
}
