/**
 * HTML reports in a browser: nothing is asked of the network, nothing complained of, and all of it can be walked with
 * the keyboard. `STALEMAP_PAGES=1` takes every witness that fails on a kernel, on the first of them.
 */
import { existsSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { witnesses } from "../scenarios.js";
import { stalemap, WITNESS } from "./program.js";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

const isAll = process.env.STALEMAP_PAGES === "1";
const cases = isAll
  ? witnesses().flatMap(({ name, expect: stated, variants }) => {
      const file = `scenarios/witnesses/${name}.yaml`;
      const bad = stated.find(({ expect }) => expect !== "ok");
      if (bad !== undefined) return [[file, bad.kernel] as const];
      const changed = variants.find(({ expect }) => expect !== "ok");
      if (changed === undefined) return [];
      const flags = (flag: string, names: readonly string[]) =>
        names.length === 0 ? [] : [flag, names.join()];
      return [
        [
          file,
          changed.base,
          ...flags("--with", changed.with),
          ...flags("--without", changed.without),
        ] as const,
      ];
    })
  : [
      [WITNESS, "6.0"] as const,
      ["scenarios/witnesses/failed-write-drops-store.yaml", "6.0"] as const,
      ["scenarios/witnesses/leaked-delalloc.yaml", "rfc-v1"] as const,
    ];

describe.skipIf(!existsSync(CHROMIUM))("an HTML report", () => {
  const folder = mkdtempSync(join(tmpdir(), "stalemap-pages-"));
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS.split(" ") });
  }, 60_000);
  afterAll(() => browser?.close());

  /** Makes the report, opens it, and gives the page with what it complained of and asked for. */
  async function opened(name: string, ...args: readonly string[]) {
    const file = join(folder, `${name}.html`);
    await stalemap([...args, "-q", "--reporter", `html=${file}`]);
    expect(statSync(file).size).toBeLessThan(200_000);
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    const url = pathToFileURL(file).href;
    await page.goto(url);
    return { page, complaints, others: () => requests.filter((one) => one !== url) };
  }

  const shows = (page: Page, place: string) =>
    expect.poll(() => where(page), { timeout: 60_000, interval: 20 }).toBe(place);
  const where = (page: Page) => page.locator(".controls output").first().innerText();

  it.each(cases)("of %s on %s is walked with the keyboard", async (file, kernel, ...flags) => {
    const { page, complaints, others } = await opened("finding", "run", file, "--kernel", kernel, ...flags);
    const last = Number(/of (\d+)$/.exec(await where(page))?.[1]);
    await page.keyboard.press("g");
    await shows(page, `0 of ${last}`);
    for (let at = 1; at <= last; at++) {
      await page.keyboard.press(at % 2 === 0 ? "n" : "ArrowRight");
      await shows(page, `${at} of ${last}`);
    }
    await page.keyboard.press("n");
    await shows(page, `${last} of ${last}`);
    await page.keyboard.press("x");
    await page.keyboard.press("p");
    await page.getByRole("slider", { name: "step" }).first().focus();
    await page.keyboard.press("End");
    await shows(page, `${last} of ${last}`);
    expect(await page.locator("h2 .mark").count()).toBeGreaterThan(0);
    expect(await page.locator(".story li").count()).toBeGreaterThan(0);
    expect(await page.locator("svg.diagram .step").count()).toBeGreaterThanOrEqual(last);
    expect(complaints).toEqual([]);
    expect(others()).toEqual([]);
    await page.close();
  });

  it("reaches every control by Tab, each with a name", async () => {
    const { page } = await opened("tab", "run", WITNESS, "--kernel", "6.0");
    const names: string[] = [];
    for (let n = 0; n < 30; n++) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => {
        const { activeElement: it } = document;
        return it === document.body ? "" : (it?.getAttribute("aria-label") ?? it?.textContent ?? "");
      });
      if (name === "") break;
      names.push(name);
    }
    for (const name of ["step 3", "first", "step", "next", "Diagram of the run on 6.0"])
      expect(names).toContain(name);
    await page.close();
  });

  it("says the same to a screen reader: what has no text has a name, and headings make an outline", async () => {
    const { page } = await opened("reader", "run", WITNESS, "--kernel", "6.0");
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send("Accessibility.getFullAXTree");
    const seen = nodes.filter(({ ignored }) => !ignored);
    const named = (node: (typeof seen)[number]) => String(node.name?.value ?? "").trim() !== "";
    const of = (...roles: string[]) => seen.filter(({ role }) => roles.includes(String(role?.value)));
    for (const node of of("button", "slider", "image", "img", "link", "region", "heading", "rowheader"))
      expect(named(node), JSON.stringify(node)).toBe(true);
    expect(of("image", "img").length).toBeGreaterThan(3);
    const levels = of("heading").map(
      ({ properties = [] }) => properties.find(({ name }) => name === "level")?.value.value as number,
    );
    expect(levels[0]).toBe(1);
    for (const [n, level] of levels.slice(1).entries()) expect(level).toBeLessThanOrEqual(levels[n]! + 1);
    await page.keyboard.press("x");
    const [slider] = of("slider");
    const spoken = await page.getByRole("slider", { name: "step" }).first().getAttribute("aria-valuetext");
    expect([slider!.name?.value, spoken]).toEqual(["step", "step 8, writer, __iomap_write_begin"]);
    const text = await page.locator("body").ariaSnapshot();
    for (const part of [
      "- main:",
      "- status: 8 of 9",
      'button "where it goes wrong"',
      "extents: 0..4k WRITTEN",
    ])
      expect(text).toContain(part);
    await page.close();
  });

  it("of an explanation marks what each step has to do with it", async () => {
    const { page, complaints, others } = await opened("explain", "explain", WITNESS, "--kernel", "6.0");
    expect(await page.locator("tr.mark-bad").first().innerText()).toContain("no run is right after this");
    expect(await page.locator("svg.diagram").first().innerHTML()).toContain("* in the order");
    expect(await page.locator("header .facts").innerText()).toContain(" < ");
    expect([...complaints, ...others()]).toEqual([]);
    await page.close();
  });

  it("of a matrix and of a bisection are tables", async () => {
    const matrix = await opened("matrix", "matrix", WITNESS, "--kernel", "6.0,6.2");
    expect(await matrix.page.locator("table.heat td.bad").innerText()).toBe("content");
    expect(await matrix.page.locator(".borders").innerText()).toContain("validate-after-lock");
    expect([...matrix.complaints, ...matrix.others()]).toEqual([]);
    const bisect = await opened("bisect", "bisect", WITNESS, "--good", "6.2", "--bad", "6.0");
    expect(await bisect.page.locator(".ladder .deciding").innerText()).toContain("304a68b9c63b");
    expect([...bisect.complaints, ...bisect.others()]).toEqual([]);
  });

  it("lets nothing run or load but what it brings", async () => {
    const { page, complaints } = await opened("policy", "run", WITNESS, "--kernel", "6.0");
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'run'";
      document.body.append(script);
      const image = document.createElement("img");
      image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
      document.body.append(image);
    });
    expect(await page.title()).not.toBe("run");
    expect(complaints.join("\n")).toMatch(/script[\s\S]*Content Security Policy[\s\S]*image/);
  });
});
