import type { Shell } from '#cli/shell.ts';

const CLEAR_LINE = '\r\u001B[K';

/** Milliseconds between two updates. */
const PACE = 100;

export interface Progress {
  update(text: string): void;
  end(): void;
}

/** One line on standard error that is written over; nothing where that is no terminal. */
export function createProgress(shell: Pick<Shell, 'showsProgress' | 'tell' | 'now'>): Progress {
  let last: number | undefined;
  return {
    update: (text) => {
      const now = shell.now();
      if (!shell.showsProgress || (last !== undefined && now - last < PACE)) return;
      last = now;
      shell.tell(`${CLEAR_LINE}${text}`);
    },
    end: () => {
      if (last !== undefined) shell.tell(CLEAR_LINE);
    },
  };
}
