import { app } from '../../tsup.app.ts';

export default app;
