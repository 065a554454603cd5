import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A key with a certificate for it, both PEM. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

/** An authority, which can certify others. */
export interface Authority extends Certified {
  /** A certificate for a server on loopback, or for a client of that name. */
  readonly issue: (name: string) => Certified;
}

/** Makes a certificate authority for a test: no key has to lie in the repository. */
export function authority(): Authority {
  const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issue = (name: string, key: KeyObject, isAuthority: boolean) =>
    pem("CERTIFICATE", certificate({ name, key, issuer: "authority", issuerKey: own.privateKey, isAuthority }));
  return {
    key: own.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: issue("authority", own.publicKey, true),
    issue: (name) => {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      return {
        key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
        cert: issue(name, publicKey, false),
      };
    },
  };
}

interface CertificateProps {
  readonly name: string;
  readonly key: KeyObject;
  readonly issuer: string;
  readonly issuerKey: KeyObject;
  readonly isAuthority: boolean;
}

/** X.509, RFC 5280: as little of it as a TLS library asks for. */
function certificate({ name, key, issuer, issuerKey, isAuthority }: CertificateProps): Buffer {
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const naming = (text: string) => sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(text)))));
  const serial = createHash("sha256").update(`${name} ${Math.random()}`).digest().subarray(0, 8);
  serial[0] = 0x01;
  const alternatives = sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from("localhost")));
  const constraints = sequence(...(isAuthority ? [der(0x01, Buffer.from([0xff]))] : []));
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    naming(issuer),
    sequence(der(0x17, Buffer.from("200101000000Z")), der(0x17, Buffer.from("491231235959Z"))),
    naming(name),
    key.export({ type: "spki", format: "der" }),
    der(
      0xa3,
      sequence(
        sequence(oid("551d13"), der(0x01, Buffer.from([0xff])), der(0x04, constraints)),
        ...(isAuthority ? [] : [sequence(oid("551d11"), der(0x04, alternatives))]),
      ),
    ),
  );
  const signature = sign("sha256", content, issuerKey);
  return sequence(content, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

function der(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
