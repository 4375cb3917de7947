import { isThrottlingError, isTransientError, StandardRetryStrategy } from '@smithy/core/retry';

export interface RetryOptions {
  /** The first try and the retries. */
  readonly attempts: number;
  /** Milliseconds before the first retry at most, which double with each; absent: the SDK's choice. */
  readonly baseDelay?: number;
}

/** Sends again what may succeed then, as the SDK's clients do: with its strategy, between whose tries it backs off. */
export class Retries {
  readonly #strategy: StandardRetryStrategy;

  constructor({ attempts, baseDelay }: RetryOptions) {
    this.#strategy = new StandardRetryStrategy({
      maxAttempts: attempts,
      ...(baseDelay !== undefined && { baseDelay }),
    });
  }

  /** @throws what the last try has thrown, or the first that is not worth another. */
  async run<Result>(send: () => Promise<Result>): Promise<Result> {
    let token = await this.#strategy.acquireInitialRetryToken('');
    for (;;) {
      try {
        const result = await send();
        this.#strategy.recordSuccess(token);
        return result;
      } catch (error) {
        // It waits, or refuses.
        token = await this.#strategy.refreshRetryTokenForRetry(token, { errorType: errorType(error) }).catch(() => {
          throw error;
        });
      }
    }
  }
}

function errorType(error: unknown): 'THROTTLING' | 'TRANSIENT' | 'CLIENT_ERROR' {
  if (!isSdkError(error)) return 'CLIENT_ERROR';
  if (isThrottlingError(error)) return 'THROTTLING';
  return isTransientError(error) ? 'TRANSIENT' : 'CLIENT_ERROR';
}

function isSdkError(error: unknown): error is Parameters<typeof isTransientError>[0] {
  return error instanceof Error;
}
