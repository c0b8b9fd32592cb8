/**
 * Modules of Node's own that do nothing when they are loaded, and what they have in every version that is in use, so that
 * it can be imported by name (Node.js 20, "Modules: Packages", "Built-in modules").
 */
const NAMES: Readonly<Record<string, string>> = {
  assert:
    "AssertionError deepEqual deepStrictEqual doesNotMatch doesNotReject doesNotThrow equal fail ifError match notDeepEqual notDeepStrictEqual notEqual notStrictEqual ok rejects strict strictEqual throws",
  "assert/strict":
    "AssertionError deepEqual deepStrictEqual doesNotMatch doesNotReject doesNotThrow equal fail ifError match notDeepEqual notDeepStrictEqual notEqual notStrictEqual ok rejects strict strictEqual throws",
  async_hooks: "AsyncLocalStorage AsyncResource createHook executionAsyncId triggerAsyncId",
  buffer: "Blob Buffer atob btoa constants",
  child_process: "ChildProcess exec execFile execFileSync execSync fork spawn spawnSync",
  crypto:
    "createCipheriv createDecipheriv createHash createHmac createPrivateKey createPublicKey createSecretKey createSign createVerify constants generateKeyPair generateKeyPairSync getCiphers getHashes hkdf hkdfSync pbkdf2 pbkdf2Sync privateDecrypt publicEncrypt randomBytes randomFill randomFillSync randomInt randomUUID scrypt scryptSync sign subtle timingSafeEqual verify webcrypto",
  dns: "lookup lookupService promises resolve resolve4 resolve6 reverse",
  events: "EventEmitter errorMonitor on once setMaxListeners",
  fs: "Dirent Stats access accessSync appendFile appendFileSync chmod chmodSync chown chownSync close closeSync constants copyFile copyFileSync cp cpSync createReadStream createWriteStream exists existsSync fstat fstatSync fsync fsyncSync ftruncate ftruncateSync link linkSync lstat lstatSync mkdir mkdirSync mkdtemp mkdtempSync open openSync opendir opendirSync promises read readFile readFileSync readSync readdir readdirSync readlink readlinkSync realpath realpathSync rename renameSync rm rmSync rmdir rmdirSync stat statSync symlink symlinkSync truncate truncateSync unlink unlinkSync unwatchFile utimes utimesSync watch watchFile write writeFile writeFileSync writeSync",
  "fs/promises":
    "access appendFile chmod chown constants copyFile cp link lstat mkdir mkdtemp open opendir readFile readdir readlink realpath rename rm rmdir stat symlink truncate unlink utimes watch writeFile",
  http: "Agent IncomingMessage METHODS STATUS_CODES Server ServerResponse createServer get globalAgent request",
  https: "Agent Server createServer get globalAgent request",
  net: "Server Socket connect createConnection createServer isIP isIPv4 isIPv6",
  os: "EOL arch cpus constants endianness freemem homedir hostname loadavg networkInterfaces platform release tmpdir totalmem type uptime userInfo version",
  path: "basename delimiter dirname extname format isAbsolute join normalize parse posix relative resolve sep toNamespacedPath win32",
  "path/posix":
    "basename delimiter dirname extname format isAbsolute join normalize parse relative resolve sep",
  perf_hooks: "PerformanceObserver monitorEventLoopDelay performance",
  querystring: "escape parse stringify unescape",
  readline: "Interface clearLine createInterface cursorTo emitKeypressEvents moveCursor",
  "readline/promises": "Interface createInterface",
  stream: "Duplex PassThrough Readable Stream Transform Writable finished pipeline promises",
  "stream/promises": "finished pipeline",
  string_decoder: "StringDecoder",
  timers: "clearImmediate clearInterval clearTimeout promises setImmediate setInterval setTimeout",
  "timers/promises": "setImmediate setInterval setTimeout",
  tls: "TLSSocket connect createSecureContext createServer",
  tty: "ReadStream WriteStream isatty",
  url: "URL URLSearchParams domainToASCII domainToUnicode fileURLToPath format parse pathToFileURL resolve",
  util: "TextDecoder TextEncoder callbackify debuglog deprecate format formatWithOptions inherits inspect isDeepStrictEqual parseArgs promisify stripVTControlCharacters types",
  v8: "deserialize getHeapStatistics serialize",
  vm: "Script createContext isContext runInContext runInNewContext runInThisContext",
  worker_threads:
    "MessageChannel MessagePort Worker isMainThread parentPort receiveMessageOnPort threadId workerData",
  zlib: "constants createBrotliCompress createBrotliDecompress createDeflate createGunzip createGzip createInflate createUnzip brotliCompress brotliCompressSync brotliDecompress brotliDecompressSync deflate deflateRaw deflateRawSync deflateSync gunzip gunzipSync gzip gzipSync inflate inflateRaw inflateRawSync inflateSync unzip unzipSync",
};

/** What a module of Node's own has for sure; `undefined`: it is none of those. */
export function namesOfModule(specifier: string): ReadonlySet<string> | undefined {
  const names = NAMES[specifier.replace(/^node:/, "")];
  return names === undefined ? undefined : new Set(names.split(" "));
}
