import { enableCompileCache } from 'node:module';

// Before anything else is loaded: from the second start on, loading takes a fraction of the time.
enableCompileCache();

const { processShell } = await import('#cli/process-shell.ts');
const { run } = await import('#cli/run.ts');

// `lrs audit | head` closes the pipe when it has seen enough.
process.stdout.on('error', (error) => {
  process.exit('code' in error && error.code === 'EPIPE' ? 0 : 1);
});

process.once('SIGINT', () => {
  // A line of progress may stand there.
  if (process.stderr.isTTY) process.stderr.write('\n');
  process.exit(130);
});

process.exitCode = await run(process.argv.slice(2), processShell(process, process.cwd()));
