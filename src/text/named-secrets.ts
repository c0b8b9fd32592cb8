/** A secret that is told by the name before it. */
export interface NamedShape {
  readonly what: string;
  /** Sticky, tried where the name ends; the secret is its first group, which ends the match. Bounded. */
  readonly form: RegExp;
  readonly source: string;
}

/** The names, in any case of letters; the group that took part tells which. */
export const NAMES =
  /(authorization)|(x-api-key|x-goog-api-key|api-key|private-token|x-auth-token|x-vault-token)|(secret_?access_?key|SecretAccessKey|aws_?session_?token)|(pwd|passwd|password|pass_?phrase|secret|api_?key|access_?key|account_?key|private_?key|auth_?key|token)(?![a-z])/gi;

/** Between a name and what it names: in a header, JSON, YAML, an assignment, or a table. */
const IS = `["'\`]{0,1}\\]?[ \\t]{0,3}(?:[:=]|=>|:=)[ \\t]{0,3}["'\`]{0,1}`;

/** One for each group of `NAMES`. */
export const NAMED_SHAPES: readonly NamedShape[] = [
  {
    what: "authorization",
    form: new RegExp(
      `${IS}(?:(?:Bearer|Basic|Token|Digest|ApiKey|Bot)[ \\t]{1,3})?([A-Za-z0-9+/=._~:-]{12,4000})`,
      "iy",
    ),
    source: "RFC 9110, section 11.6.2",
  },
  {
    what: "API key",
    form: new RegExp(`${IS}([A-Za-z0-9+/=._~-]{12,4000})`, "y"),
    source: "IANA HTTP field names and the vendors' references",
  },
  {
    what: "AWS secret key",
    form: new RegExp(`${IS}([A-Za-z0-9/+=]{40,2000})`, "y"),
    source: "AWS IAM User Guide: manage access keys",
  },
  {
    what: "secret",
    form: /(?:[A-Za-z0-9_]{0,20})["'`]?[ \t]{0,3}(?:=|:|=>|:=)[ \t]{0,3}["'`]([A-Za-z0-9+/=._~!@#%^&*-]{16,400})(?=["'`])/y,
    source: "Common Weakness Enumeration 798, hard-coded credentials",
  },
];
