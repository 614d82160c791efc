import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves the pages of scenarios under two origins that Chromium takes for two sites. */
export interface Site {
  /** Address of a page with this body. The same text has the same address. */
  url(body?: string, options?: PageOptions): string;
}

export interface PageOptions {
  /** @default 'here' */
  readonly origin?: 'here' | 'elsewhere';
  readonly headers?: Readonly<Record<string, string>>;
  /** @default 200 */
  readonly status?: number;
  /** The body is all there is: not a page, but a script. @default false */
  readonly raw?: boolean;
}

const hosts = { here: '127.0.0.1', elsewhere: 'localhost' } as const;

export async function startSite(): Promise<Site> {
  const pages: Required<Omit<PageOptions, 'origin'> & { body: string }>[] = [];
  const server = createServer((request, response) => {
    const page = pages[Number(request.url?.slice(1))];
    response.writeHead(page?.status ?? 404, { 'content-type': 'text/html', ...page?.headers });
    response.end(
      page?.raw
        ? page.body
        : page && `<!doctype html><meta charset="utf-8"><title>page</title>${page.body}`,
    );
  });
  await new Promise<void>((ready) => server.listen(0, () => ready()));
  server.unref();
  // Two timers that are due together run ticks between them, even in a nested loop (`order/drag`).
  server.keepAliveTimeout = 0;
  const { port } = server.address() as AddressInfo;
  return {
    url(body = '', { origin = 'here', headers = {}, status = 200, raw = false } = {}) {
      const known = pages.findIndex(
        (page) =>
          page.body === body &&
          page.headers === headers &&
          page.status === status &&
          page.raw === raw,
      );
      const number = known >= 0 ? known : pages.push({ body, headers, status, raw }) - 1;
      return `http://${hosts[origin]}:${port}/${number}`;
    },
  };
}
