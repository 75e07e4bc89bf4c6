/** How reasoning is sent: as a field, as `<think>` tags in the text, or not at all because thinking is off. */
export type Thinking = 'parsed' | 'in-text' | 'off';
