import { afterEach, describe, expect, test, vi } from "vitest";
import { compileScript, type ScriptSource } from "../../../src/boot/templates/render-script.ts";
import { sampleInputs } from "../../../src/boot/templates/sample-inputs.ts";
import { ScriptInputs } from "../../../src/boot/templates/script-inputs.ts";
import { fillSecrets } from "../../../src/boot/templates/secrets.ts";
import { MachineId } from "../../../src/domain/values/machine-id.ts";
import { digest, discoveryName } from "../../support/samples.ts";

const inputs = sampleInputs({ name: discoveryName, version: 3, digest: digest(1) }, "discover");

const compiledIpxe = (source: Omit<ScriptSource, "format">) => compileScript({ format: "ipxe", ...source });

function render(script: string, partials: Readonly<Record<string, string>> = {}): string {
  return compiledIpxe({ script: "main", templates: { main: script, ...partials }, files: ["kernel"] })(
    inputs,
  );
}

describe("rendering a script", () => {
  test("fills in what the inputs say", () => {
    expect(render("kernel {{ files.kernel }} mac={{ client.mac }}")).toBe(
      "kernel http://10.77.0.1:8080/boot/<<nonce>>/files/discovery/3/kernel mac=52:54:00:77:00:01",
    );
  });

  test("finds partials inside the boot environment", () => {
    expect(render("{% render 'part', word: 'a b' %}", { part: "[{{ word }}]" })).toBe("[a%20b]");
  });

  test("puts a placeholder where a secret goes, and only sending fills it in", () => {
    const script = render("token={{ secret.discoveryToken }}");
    expect(script).toBe("token=<<discoveryToken>>");
    expect(fillSecrets(script, { discoveryToken: "abc" })).toBe("token=abc");
    expect(() => fillSecrets(script, {})).toThrow("the script needs discoveryToken");
  });

  test("refuses a placeholder that nothing will be there for, however it came into the text", () => {
    const why = "main: <<helloToken>> is a secret that this boot does not have";
    expect(() => render("token=<<helloToken>>")).toThrow(why);
    expect(() => render("token=<{% comment %}{% endcomment %}<helloToken>>")).toThrow(why);
  });

  test("never takes a value for a placeholder", () => {
    const script = render("{{ '<<nonce>>' }}");
    expect(fillSecrets(script, { nonce: "secret" })).toBe("%3C%3Cnonce%3E%3E");
  });

  test("does not render a value that looks like a template", () => {
    const consoles = ["{{ secret.nonce }}", "\u0024{net0/mac}\nsanboot"];
    const run = compiledIpxe({
      script: "main",
      templates: { main: "{% for each in kernel.consoles %}{{ each }} {% endfor %}" },
      files: [],
    });
    expect(run({ ...inputs, kernel: { consoles } })).toBe(
      "%7B%7B%20secret.nonce%20%7D%7D %24%7Bnet0/mac%7D%0Asanboot ",
    );
  });
});

const labels = { rack: "b7", "example.com/tier": "gold", size: "xl" };
const params = {
  quiet: true,
  delay: 5,
  proxy: "http://a b;sh",
  ntp: ["10.77.0.1", "10.77.0.2"],
  os: { disk: "sda" },
};
const machine = {
  ...inputs.machine,
  id: MachineId.parse("0197b0d0-0000-7000-8000-000000000001"),
  labels,
  params,
};

describe("what operators say of a machine", () => {
  const rendered = (main: string) =>
    compiledIpxe({ script: "main", templates: { main }, files: [] })({ ...inputs, machine });

  test("is rendered and escaped as everything is", () => {
    expect(
      rendered(
        "{{ machine.labels.rack }} {{ machine.labels['example.com/tier'] }} {{ machine.labels.size }}",
      ),
    ).toBe("b7 gold xl");
    expect(rendered("{{ machine.params.proxy }}")).toBe("http://a%20b%3Bsh");
    expect(
      rendered(
        "{{ machine.params.ntp | join: ',' }} {{ machine.params.os.disk }} {{ machine.params.delay }}",
      ),
    ).toBe("10.77.0.1,10.77.0.2 sda 5");
    expect(rendered("{% for each in machine.params.ntp %}{{ each }};{% endfor %}")).toBe(
      "10.77.0.1;10.77.0.2;",
    );
  });

  test("can be asked for where a machine may not have it", () => {
    expect(rendered("{% if machine.params.quiet %}quiet{% endif %}")).toBe("quiet");
    expect(rendered("{% if machine.labels.gone %}x{% endif %}")).toBe("");
    expect(rendered("{{ machine.labels.constructor | default: 'none' }}")).toBe("none");
    expect(() => rendered("{{ machine.labels.gone }}")).toThrow("main:1: the output is nothing");
    expect(() => rendered("{{ machine.labels }}")).toThrow("main:1: the output is an object");
    expect(() => rendered("{{ machine.params.os.gone }}")).toThrow("undefined variable");
  });

  test("is nothing in inputs that were recorded before there was such a thing", () => {
    const { id } = machine;
    const past = ScriptInputs.parse({ ...inputs, machine: { id } });
    expect(past.machine).toEqual({ id, labels: {}, params: {} });
  });
});

describe("what somebody means ill with", () => {
  test.each([
    ["a line's end", "x\nsanboot --drive 0x80\r\n"],
    ["a setting", "$" + "{net0/mac}"],
    ["another command", "x && exit || reboot; echo #"],
    ["quotes", "'x' \"y\" `z`"],
    ["a template", "{{ secret.discoveryToken }}{% include 'main' %}"],
    ["a placeholder", "<<discoveryToken>>"],
    ["an option", "--timeout"],
    ["other spaces", "a\u00a0b\u2028c\td\u0000e"],
  ])("says nothing to iPXE or the kernel with %s in it", (_, text) => {
    const told = { params: { text, list: [text], map: { text } }, labels };
    const main = [
      "{{ machine.params.text }}",
      "{{ machine.params.list | join: ',' }}",
      "{{ machine.params.map.text }}",
      "{% for each in machine.params.map %}{{ each | last }}{% endfor %}",
      "{{ machine.params.text | append: '' | replace: 'x', 'y' }}",
      "{% assign copy = machine.params.text %}{{ copy }}",
    ].join("\n");
    const compiled = compiledIpxe({ script: "main", templates: { main }, files: [] });
    const lines = compiled({ ...inputs, machine: { ...machine, ...told } }).split("\n");
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).toMatch(/^[A-Za-z0-9._~:/=,@+%][A-Za-z0-9._~:/=,@+%-]*$/);
  });

  test("cannot be reached past its own names", () => {
    const told = { labels: { constructor: "c" }, params: { constructor: { prototype: "p" } } };
    const compiled = (main: string) =>
      compiledIpxe({ script: "main", templates: { main }, files: [] })({
        ...inputs,
        machine: { ...machine, ...told },
      });
    expect(compiled("{{ machine.labels.constructor }}{{ machine.params.constructor.prototype }}")).toBe("cp");
    expect(compiled("{{ machine.labels.__proto__ | default: 'none' }}")).toBe("none");
    expect(compiled("{{ machine.params.toString | default: 'none' }}")).toBe("none");
  });
});

describe("a template that asks for what it may not have", () => {
  test.each([
    ["line 1\n{{ machine.nmae }}", "main:2: undefined variable: machine.nmae"],
    ["{% if nothing %}{% endif %}", "main:1: undefined variable: nothing"],
    ["{{ run.id }}", "main:1: the output is nothing"],
    ["{{ machine }}", "main:1: the output is an object"],
    ["{{ secret.helloToken }}", "main:1: undefined variable: secret.helloToken"],
    ["{{ secret.nonce | upcase }}", "main:1: a secret or a file's URL can be written"],
    ["{{ files.kernel | append: 'x' }}", "main:1: a secret or a file's URL can be written"],
    ["{{ 'a' | raw }}", "main:1: undefined filter: raw"],
    ["{{ 'now' | date: '%s' }}", "main:1: undefined filter: date"],
    ["{{ kernel.consoles | sample }}", "main:1: undefined filter: sample"],
    ["{% raw %}{% endraw %}", 'main:1: tag "raw" not found'],
    ["{% echo 'a' %}", 'main:1: tag "echo" not found'],
    ["{% capture a %}{% endcapture %}", 'main:1: tag "capture" not found'],
    ["{% include '/etc/passwd' %}", 'main:1: ENOENT: Failed to lookup "/etc/passwd"'],
    ["{% include '../discovery/main' %}", "main:1: ENOENT"],
    ["{% render 'constructor' %}", "main:1: ENOENT"],
    ["{% layout 'main' %}", 'main:1: tag "layout" not found'],
    ["{{ machine.constructor }}", "main:1: undefined variable: machine.constructor"],
    ["{{ machine.__proto__ }}", "main:1: undefined variable: machine.__proto__"],
    ["{% for i in (1..1000000000) %}{% endfor %}", "main:1: memory alloc limit exceeded"],
    [
      "{% for i in (1..9000) %}0123456789{% endfor %}",
      "main: the script has 90000 characters, at most 65536",
    ],
    ["{% if %}", "main:1: "],
    ["{% unclosed", "main:1: "],
  ])("%j is refused with its place", (template, message) => {
    expect(() => render(template)).toThrow(message);
  });

  test("is named by its own file when it is a partial", () => {
    expect(() => render("{% render 'part' %}", { part: "a\nb\n{{ nope }}" })).toThrow(
      "part:3: undefined variable: nope",
    );
  });
});

describe("the surroundings", () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  test("do not change a script: neither the time zone nor the clock", () => {
    const template =
      "{{ machine.id }} {% for each in kernel.consoles %}{{ each }}{% endfor %} {{ files.kernel }}";
    const rendered = [
      ["Pacific/Kiritimati", 0],
      ["America/Los_Angeles", Date.UTC(2031, 5, 1)],
    ].map(([timeZone, now]) => {
      vi.stubEnv("TZ", String(timeZone));
      vi.useFakeTimers({ now: Number(now) });
      return { text: render(template), offsetMinutes: new Date().getTimezoneOffset() };
    });
    expect(rendered[0]?.offsetMinutes).not.toBe(rendered[1]?.offsetMinutes);
    expect(rendered[0]?.text).toBe(rendered[1]?.text);
  });
});
