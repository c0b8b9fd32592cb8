// The least that a proxy on Node can do: takes a request, sends it on over connections that are kept, and gives the
// answer back. `bare.ts PORT-OF-THE-VENDOR`
import { createServer } from "node:http";
import { Pool } from "undici";

const pool = new Pool(`http://127.0.0.1:${process.argv[2]}`, { connections: null, pipelining: 1 });
const server = createServer({ noDelay: true }, async (request, response) => {
  const { host: _, connection: __, ...headers } = request.headers;
  const answer = await pool.request({
    path: request.url ?? "/",
    method: "POST",
    headers,
    body: request,
  });
  response.writeHead(answer.statusCode, answer.headers);
  answer.body.pipe(response);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`listens on 127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
