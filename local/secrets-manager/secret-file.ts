import { keptText } from '#local/kept-text.ts';
import { StartError } from '#local/start-error.ts';
import { writeWholeFile } from '#local/whole-file.ts';

export interface SecretValue {
  readonly value: string;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

type Secrets = Readonly<Record<string, SecretValue>>;

/** The present values of secrets, in one file that only its owner may read, and that this object alone writes. */
export class SecretFile {
  readonly #file: string;
  #writes: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** @throws StartError when the file holds something else: no token could be signed then */
  async check(): Promise<void> {
    const secrets: unknown = await this.#all().catch((error: unknown) => {
      if (!(error instanceof SyntaxError)) throw error;
    });
    if (typeof secrets === 'object' && secrets !== null && !Array.isArray(secrets)) return;
    throw new StartError(
      `${this.#file} does not hold secrets: delete it, and the LRS makes another key to sign tokens with.`,
    );
  }

  async read(name: string): Promise<SecretValue | undefined> {
    const secrets = await this.#all();
    return Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  }

  /** Durable when it resolves; the file is whole at every moment. */
  async write(name: string, value: SecretValue): Promise<void> {
    const before = this.#writes;
    const write = async (): Promise<void> => {
      await before;
      const text = JSON.stringify({ ...(await this.#all()), [name]: value }, null, 2);
      await writeWholeFile(this.#file, `${text}\n`);
    };
    const done = write();
    this.#writes = done.catch(() => undefined);
    return done;
  }

  async #all(): Promise<Secrets> {
    const text = await keptText(this.#file);
    const secrets: Secrets = text === undefined ? {} : JSON.parse(text);
    return secrets;
  }
}
