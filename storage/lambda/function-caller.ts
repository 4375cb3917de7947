import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { throwTransient } from '#storage/aws/overload.ts';
import type { FunctionCaller } from '#storage/function-caller.ts';

/** Puts events into the queue that Lambda keeps for a function, and from which it calls it again when it has failed. */
export class LambdaFunctionCaller implements FunctionCaller {
  readonly #client: LambdaClient;
  readonly #functionName: string;

  /** @param functionName name or ARN */
  constructor(client: LambdaClient, functionName: string) {
    this.#client = client;
    this.#functionName = functionName;
  }

  async call(event: object): Promise<void> {
    const command = new InvokeCommand({
      FunctionName: this.#functionName,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(event)),
    });
    await this.#client.send(command).catch(throwTransient);
  }
}
