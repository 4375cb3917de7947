import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { unlessAbsent } from '#local/s3/file-errors.ts';

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
      const whole = `${this.#file}.new`;
      const text = JSON.stringify({ ...(await this.#all()), [name]: value }, null, 2);
      // A file that is there keeps its mode.
      await rm(whole, { force: true });
      await writeFile(whole, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true });
      await rename(whole, this.#file);
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
