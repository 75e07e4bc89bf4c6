/** Whether a URL is an address of this machine itself. */
export function isLoopbackUrl(url: string): boolean {
  return /\/\/(?:localhost|127\.|\[::1\])/.test(url);
}
