import type { ExportAnswer } from '#access/admin-api.ts';
import { Failure } from '#cli/failure.ts';
import { createProgress } from '#cli/output/progress.ts';
import type { Shell } from '#cli/shell.ts';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

type JobAnswer = Pick<ExportAnswer, 'id' | 'state' | 'failure'>;

/**
 * Looks at a job until it has ended.
 *
 * @param textOf how far it is
 * @returns it, done
 * @throws Failure when it was given up or cancelled
 */
export async function waitForJob<Answer extends JobAnswer>(
  shell: Shell,
  look: () => Promise<Answer>,
  textOf: (answer: Answer) => string,
): Promise<Answer> {
  const progress = createProgress(shell);
  try {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      const answer = await look();
      if (answer.state === 'done') return answer;
      if (answer.state === 'failed') throw new Failure(`It was given up: ${answer.failure ?? 'nobody knows why'}`);
      if (answer.state === 'cancelled') throw new Failure('It was cancelled.');
      progress.update(textOf(answer));
      await shell.sleep(pause);
    }
  } finally {
    progress.end();
  }
}
