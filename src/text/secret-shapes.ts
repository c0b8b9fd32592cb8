/** How the secrets of one kind look. */
export interface SecretShape {
  /** What it is, as its placeholder calls it. */
  readonly what: string;
  /** Texts one of which stands at the beginning of every one, letters as they are. */
  readonly anchors: readonly string[];
  /** Sticky, tried where an anchor stands. The secret is its first group, which ends the match, or else all of it. Bounded. */
  readonly form: RegExp;
  /** Whether it counts only where a word begins: its anchor is common within words. */
  readonly isWord?: true;
  /** Where its form is documented. */
  readonly source: string;
}

function shape(
  what: string,
  anchors: string,
  form: RegExp,
  source: string,
  more: Pick<SecretShape, "isWord"> = {},
): SecretShape {
  return { what, anchors: anchors.split(" "), form: new RegExp(form.source, "y"), source, ...more };
}

const WORD = { isWord: true } as const;

/** The keys that vendors hand out with a prefix of their own, and tokens with a standard's form. */
export const SECRET_SHAPES: readonly SecretShape[] = [
  shape(
    "GitHub token",
    "ghp_ gho_ ghu_ ghs_ ghr_",
    /gh[opusr]_(?:[A-Za-z0-9]{1,20}_eyJ[A-Za-z0-9_.-]{36,2000}|[A-Za-z0-9]{36,255})/,
    "GitHub Docs, About authentication to GitHub: GitHub's token formats",
  ),
  shape(
    "GitHub token",
    "github_pat_",
    /github_pat_[A-Za-z0-9_]{60,255}/,
    "GitHub Docs, About authentication to GitHub: GitHub's token formats",
  ),
  shape(
    "GitLab token",
    "glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glimt- glagent- gloas- glsoat- glffct-",
    /gl[a-z]{2,6}-[A-Za-z0-9_.-]{20,300}/,
    "GitLab Docs, Token overview: token prefixes",
    WORD,
  ),
  shape(
    "AWS access key",
    "AKIA ASIA",
    /A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9+/])/,
    "AWS IAM User Guide, IAM identifiers: unique identifiers",
    WORD,
  ),
  shape(
    "Anthropic key",
    "sk-ant-",
    /sk-ant-[A-Za-z0-9_-]{20,300}/,
    "Anthropic documentation, API overview: authentication",
  ),
  shape(
    "OpenAI key",
    "sk-proj- sk-svcacct- sk-admin-",
    /sk-[a-z]{4,8}-[A-Za-z0-9_-]{20,300}/,
    "OpenAI API reference: authentication, project and admin keys",
  ),
  shape(
    "API key",
    "sk-",
    /sk-(?:or-v1-)?(?=[A-Za-z0-9]{0,60}[0-9])[A-Za-z0-9]{32,80}(?![A-Za-z0-9])/,
    "OpenAI, DeepSeek and OpenRouter API references: authentication",
    WORD,
  ),
  shape(
    "Google key",
    "AIza",
    /AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/,
    "Google Cloud documentation: API keys",
    WORD,
  ),
  shape(
    "Google client secret",
    "GOCSPX-",
    /GOCSPX-[A-Za-z0-9_-]{28}/,
    "Google Identity documentation: OAuth client secrets",
  ),
  shape(
    "Google access token",
    "ya29.",
    /ya29\.[A-Za-z0-9_-]{20,2000}/,
    "Google Identity documentation: access token size and form",
    WORD,
  ),
  shape(
    "Slack token",
    "xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxe. xoxc- xoxd- xapp-",
    /x(?:ox[a-e,p-s][.-]|app-)[A-Za-z0-9%.-]{10,400}/,
    "Slack API documentation: token types",
  ),
  shape(
    "Slack webhook",
    "hooks.slack.com/",
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9/_-]{20,120})/,
    "Slack API documentation: incoming webhooks",
  ),
  shape(
    "Discord webhook",
    "discord.com/api/webhooks/ discordapp.com/api/webhooks/",
    /discord(?:app)?\.com\/api\/webhooks\/[0-9]{15,22}\/([A-Za-z0-9_-]{60,100})/,
    "Discord developer documentation: webhook resource",
  ),
  shape(
    "Stripe key",
    "sk_live_ sk_test_ rk_live_ rk_test_",
    /[sr]k_(?:live|test)_[A-Za-z0-9]{10,247}/,
    "Stripe documentation: API keys",
    WORD,
  ),
  shape("Stripe webhook secret", "whsec_", /whsec_[A-Za-z0-9+/=]{24,100}/, "Stripe documentation: webhooks"),
  shape("npm token", "npm_", /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/, "npm Docs: access tokens", WORD),
  shape("PyPI token", "pypi-AgE", /pypi-AgE[A-Za-z0-9_-]{40,400}/, "PyPI help: API tokens (macaroons)"),
  shape("RubyGems key", "rubygems_", /rubygems_[a-f0-9]{48}/, "RubyGems guides: API key scopes"),
  shape(
    "Docker token",
    "dckr_pat_ dckr_oat_",
    /dckr_[op]at_[A-Za-z0-9_-]{20,60}/,
    "Docker Docs: access tokens",
  ),
  shape(
    "Hugging Face token",
    "hf_",
    /hf_[A-Za-z0-9]{34}(?![A-Za-z0-9])/,
    "Hugging Face Hub: user access tokens",
    WORD,
  ),
  shape(
    "DigitalOcean token",
    "dop_v1_ doo_v1_ dor_v1_",
    /do[opr]_v1_[a-f0-9]{64}/,
    "DigitalOcean documentation: personal access tokens",
  ),
  shape(
    "SendGrid key",
    "SG.",
    /SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/,
    "SendGrid documentation: API keys",
    WORD,
  ),
  shape(
    "Shopify token",
    "shpat_ shpca_ shppa_ shpss_",
    /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/,
    "Shopify developer changelog: length and format of access tokens",
  ),
  shape(
    "Linear key",
    "lin_api_ lin_oauth_",
    /lin_(?:api|oauth)_[A-Za-z0-9]{32,64}/,
    "Linear developers: API keys",
  ),
  shape(
    "Notion token",
    "ntn_ secret_",
    /(?:ntn_|secret_)[A-Za-z0-9]{43,50}(?![A-Za-z0-9])/,
    "Notion developers: changelog, token format",
    WORD,
  ),
  shape(
    "Databricks token",
    "dapi",
    /dapi[a-f0-9]{32}(?:-\d)?(?![a-f0-9])/,
    "Databricks documentation: personal access tokens",
    WORD,
  ),
  shape(
    "Vault token",
    "hvs. hvb. hvr.",
    /hv[sbr]\.[A-Za-z0-9_-]{24,300}/,
    "HashiCorp Vault documentation: token prefixes",
    WORD,
  ),
  shape(
    "Azure storage key",
    "AccountKey= SharedAccessKey=",
    /(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{42,88}={0,2})/,
    "Microsoft Learn: configure Azure Storage connection strings",
  ),
  shape(
    "Doppler token",
    "dp.pt. dp.st. dp.ct. dp.sa.",
    /dp\.(?:pt|st|ct|sa)\.[A-Za-z0-9._-]{40,80}/,
    "Doppler docs: token formats",
    WORD,
  ),
  shape(
    "Grafana token",
    "glsa_ glc_",
    /gl(?:sa_[A-Za-z0-9]{32}_[a-f0-9]{8}|c_[A-Za-z0-9+/=]{32,400})/,
    "Grafana documentation: service account tokens",
    WORD,
  ),
  shape("New Relic key", "NRAK-", /NRAK-[A-Z0-9]{27}/, "New Relic documentation: API keys", WORD),
  shape("Postman key", "PMAK-", /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/, "Postman documentation: API keys", WORD),
  shape(
    "Sentry token",
    "sntrys_ sntryu_",
    /sntry[su]_[A-Za-z0-9+/=_-]{40,400}/,
    "Sentry documentation: auth tokens",
  ),
  shape(
    "Atlassian token",
    "ATATT3 ATCTT3",
    /AT[AC]TT3[A-Za-z0-9_=-]{60,300}/,
    "Atlassian support: API token format",
    WORD,
  ),
  shape(
    "Supabase key",
    "sbp_ sb_secret_",
    /sb(?:p_[a-f0-9]{40}|_secret_[A-Za-z0-9_-]{20,60})/,
    "Supabase documentation: API keys",
    WORD,
  ),
  shape("Groq key", "gsk_", /gsk_[A-Za-z0-9]{40,60}/, "Groq documentation: API keys", WORD),
  shape("xAI key", "xai-", /xai-[A-Za-z0-9]{60,100}/, "xAI documentation: API keys", WORD),
  shape("Perplexity key", "pplx-", /pplx-[A-Za-z0-9]{40,60}/, "Perplexity documentation: API keys", WORD),
  shape("Replicate token", "r8_", /r8_[A-Za-z0-9]{37}/, "Replicate documentation: API tokens", WORD),
  shape("age key", "AGE-SECRET-KEY-1", /AGE-SECRET-KEY-1[0-9A-Z]{58}/, "age specification, C2SP: identities"),
  shape(
    "Telegram token",
    ":AA",
    /(?<=\d{8}):(AA[A-Za-z0-9_-]{33})(?![A-Za-z0-9_-])/,
    "Telegram Bot API: authorizing your bot",
  ),
  shape(
    "JSON web token",
    "eyJ",
    /eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{16,2000}/,
    "RFC 7519, section 3.1",
    WORD,
  ),
  shape(
    "password",
    "://",
    /:\/\/[^\s/:@"'`<>{}$]{0,200}:(?![${<*%])([^\s/@"'`<>{}]{3,200})(?=@(?!sha256:)[A-Za-z0-9[])/,
    "RFC 3986, section 3.2.1",
  ),
];

/** What is only a secret when it is odd enough: in an address, in a connection string. */
export const DOUBTFUL_SHAPES: readonly SecretShape[] = [
  shape(
    "password",
    "Password= password= Pwd= pwd= PWD=",
    /(?:[Pp]assword|[Pp]wd|PWD)=([^;&\s"'`.([{}$<>]{6,200})(?=[;&])/,
    "Microsoft Learn: ADO.NET connection string syntax",
  ),
  shape(
    "token",
    "access_token= refresh_token= client_secret= X-Amz-Security-Token=",
    /[A-Za-z_-]{10,24}=([A-Za-z0-9%._~+/-]{16,4000}={0,2})/,
    "RFC 6750, section 2.3; AWS Signature Version 4, query parameters",
  ),
];
