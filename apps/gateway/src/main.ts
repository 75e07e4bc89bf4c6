import { enableCompileCache } from 'node:module';

// Compiled code of earlier starts is used again: ready in half the time.
enableCompileCache();
const { serve } = await import('./serve.ts');
process.exitCode = await serve();
