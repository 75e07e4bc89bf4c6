/** How many objects and arrays of a request may lie inside each other. Real tool schemas stay below 20. */
export const MAX_JSON_DEPTH = 100;
