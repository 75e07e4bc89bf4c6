import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a certificate for 127.0.0.1, and of the authority that signed it. */
export interface PrivateAuthority {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** Creates a certificate authority that nothing trusts, and a certificate of a server. */
export function createPrivateAuthority(directory: string): PrivateAuthority {
  const at = (name: string): string => join(directory, name);
  // No argument contains a blank: relative paths are below the directory.
  const openssl = (args: string): void =>
    void execFileSync('openssl', args.split(' '), { cwd: directory, stdio: 'pipe' });
  const files = { authority: at('authority.pem'), certificate: at('server.pem'), key: at('server.key') };
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  openssl(`req -x509 ${newKey} -days 2 -subj /CN=Authority -keyout authority.key -out authority.pem`);
  openssl(`req ${newKey} -subj /CN=Server -keyout server.key -out server.csr`);
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1\n');
  openssl(
    'x509 -req -in server.csr -days 2 -extfile names -CAcreateserial -CA authority.pem -CAkey authority.key -out server.pem',
  );
  return files;
}
