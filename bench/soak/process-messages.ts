import type { ChildProcess } from 'node:child_process';

/** Sends a message to a child process. A child that has ended does not get it. */
export function sendToChild(child: ChildProcess, message: object): void {
  if (child.connected) child.send(JSON.stringify(message), () => {});
}

/** Sends a message to the process that started this one. */
export function sendToParent(message: object): void {
  process.send?.(JSON.stringify(message), undefined, undefined, () => {});
}

/** Handles the messages of the parent, and ends this process when the parent is gone. */
export function onParentMessage<Message>(handle: (message: Message) => void): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (text) => {
    const message: Message = JSON.parse(String(text));
    handle(message);
  });
}
