import { describe, expect, test } from "vitest";
import { EnvironmentName } from "../../src/domain/values/slug.ts";
import type { Step } from "../support/history.ts";
import { digest, mac, machineId, phones, samples, subnet } from "../support/samples.ts";
import { targetsAfter } from "./targets-after.ts";

describe("what is served", () => {
  test("are the subnets as they are now", async () => {
    const network = (...events: Step["events"]): Step => ({ stream: "network", events });
    expect((await targetsAfter(network(samples.SubnetDefined))).subnets()).toEqual([subnet]);
    const changed = await targetsAfter(network(samples.SubnetDefined, samples.SubnetChanged));
    expect(changed.subnets()).toEqual([{ ...subnet, leaseSeconds: 7200 }]);
    expect((await targetsAfter(network(samples.SubnetDefined, samples.SubnetRetired))).subnets()).toEqual([]);
  });

  test("are the client classes beside the subnets, in one object until one of them changes", async () => {
    const { SubnetDefined, ClientClassDefined, ClientClassRetired, RogueServerSeen } = samples;
    const targets = await targetsAfter({ stream: "network", events: [SubnetDefined, ClientClassDefined] });
    expect(targets.network()).toEqual({
      subnets: new Map([[subnet.name, subnet]]),
      classes: new Map([[phones.name, phones]]),
    });
    const seen = await targetsAfter({ stream: "network", events: [SubnetDefined, RogueServerSeen] });
    expect(seen.network().classes.size).toBe(0);
    const gone = [SubnetDefined, ClientClassDefined, ClientClassRetired];
    expect((await targetsAfter({ stream: "network", events: gone })).network().classes.size).toBe(0);
  });

  test("are a machine's labels and DHCP options, by its interface", async () => {
    const { MachineDiscovered, LabelsChanged, DhcpOptionsChanged } = samples;
    const targets = await targetsAfter(
      { stream: `mac-${mac}`, events: [samples.Claimed] },
      { stream: `machine-${machineId}`, events: [MachineDiscovered] },
    );
    expect(targets.machineByMac(mac)).toMatchObject({ labels: {}, dhcpOptions: [] });
    const changed = await targetsAfter(
      { stream: `mac-${mac}`, events: [samples.Claimed] },
      { stream: `machine-${machineId}`, events: [MachineDiscovered, LabelsChanged, DhcpOptionsChanged] },
    );
    expect(changed.machineByMac(mac)).toMatchObject({
      labels: LabelsChanged.data.set,
      dhcpOptions: DhcpOptionsChanged.data.options,
    });
  });

  test("are the environments, each in its newest version and in every version", async () => {
    const name = EnvironmentName.parse("image-deploy");
    const { data } = samples.BootEnvironmentPublished;
    const second = { ...samples.BootEnvironmentPublished, data: { ...data, version: 2, digest: digest(22) } };
    const events = [samples.BootEnvironmentPublished, second];
    const targets = await targetsAfter({ stream: `bootenv-${name}`, events });
    expect(targets.environment(name)).toMatchObject({ name, version: 2, digest: digest(22) });
    expect(targets.environment(name, 1)).toMatchObject({ name, version: 1, manifest: data.manifest });
    expect(targets.environment(name, 3)).toBeUndefined();
    expect(targets.environments().map(({ version }) => version)).toEqual([2]);
  });
});
