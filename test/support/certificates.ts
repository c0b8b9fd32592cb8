import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context } from "mocha";

/** The name for which the server's certificate is, beside loopback; nobody resolves it (RFC 6761, section 6.2). */
export const VENDOR_HOST = "vendor.test";

/** An authority nobody trusts by itself, and what it has signed; files by their paths. */
export interface Certificates {
  readonly ca: string;
  /** Of a server at loopback and at `VENDOR_HOST`. */
  readonly cert: string;
  readonly key: string;
  /** A key of its own, for which there is no certificate. */
  readonly strangeKey: string;
  /** The server's key, which a password locks. */
  readonly lockedKey: string;
  readonly read: (path: string) => string;
  readonly remove: () => void;
}

/** Makes them by the command `openssl`; the tests are skipped where there is none. */
export function certificates(test: Context): Certificates {
  if (spawnSync("openssl", ["version"]).status !== 0) {
    console.log("    skipped: the command openssl is not there");
    test.skip();
  }
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-certificates-"));
  const at = (name: string) => join(folder, name);
  const run = (...given: readonly string[]) =>
    execFileSync("openssl", given, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const key = (name: string) =>
    run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name);
  for (const it of ["ca.key", "server.key", "strange.key"]) key(it);
  writeFileSync(
    at("ca.cnf"),
    "[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=An authority of a test\n[ext]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n",
  );
  writeFileSync(at("server.ext"), `subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:${VENDOR_HOST}\n`);
  run("req", "-x509", "-new", "-key", "ca.key", "-days", "2", "-config", "ca.cnf", "-out", "ca.pem");
  run(
    "req",
    "-new",
    "-key",
    "server.key",
    "-subj",
    "/CN=A server of a test",
    "-config",
    "ca.cnf",
    "-out",
    "server.csr",
  );
  const signed = [
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-set_serial",
    "1",
    "-days",
    "2",
    "-extfile",
    "server.ext",
  ];
  run("x509", "-req", "-in", "server.csr", ...signed, "-out", "server.pem");
  run("pkey", "-in", "server.key", "-aes256", "-passout", "pass:of-a-test", "-out", "locked.key");
  return {
    ca: at("ca.pem"),
    cert: at("server.pem"),
    key: at("server.key"),
    strangeKey: at("strange.key"),
    lockedKey: at("locked.key"),
    read: (path) => readFileSync(path, "utf8"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
