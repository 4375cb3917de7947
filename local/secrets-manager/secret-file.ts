import { readFile } from 'node:fs/promises';
import { unlessAbsent } from '#local/file-errors.ts';
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
    const text = await unlessAbsent(readFile(this.#file, 'utf8'));
    const secrets: Secrets = text === undefined ? {} : JSON.parse(text);
    return secrets;
  }
}
