import { enableCompileCache } from 'node:module';

// Before anything else is loaded: from the second start on, loading takes a third of the time.
enableCompileCache();

const { run } = await import('#local/run.ts');
await run();
