import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A machine as the kernel shows it: files in place of sysfs and procfs. */
export interface FakeHardware {
  /** What the agent's functions take as `sys`, `proc` and `agent_manifest`. */
  readonly variables: { readonly sys: string; readonly proc: string; readonly agent_manifest: string };
  /** Writes a file below sysfs. */
  readonly putSys: (path: string, content: string | Buffer) => Promise<void>;
}

/** Firmware may say anything: quotes, control characters, bytes that are no UTF-8. */
const hostile = Buffer.concat([
  Buffer.from('  Ac"me\\ \t$(reboot)\u0000\u0007`x` '),
  Buffer.from([0xff, 0xe9, 0x0a]),
]);

/** What `hostile` is after cleaning. */
export const cleanedHostile = 'Ac"me\\  $(reboot)  `x` ??';

const disks = [
  { name: "vda", sectors: 8192, rotational: 0 },
  { name: "nvme0n1", sectors: 1_953_525_168, rotational: 0 },
  { name: "sda", sectors: 2048, rotational: 1 },
  // An optical drive, and a card reader without a card.
  { name: "sr0", sectors: 2048, rotational: 1 },
  { name: "sdb", sectors: 0, rotational: 0 },
  // One path to nvme0n1: an NVMe drive with two ports is shown once more for each, hidden.
  { name: "nvme0c0n1", sectors: 1_953_525_168, rotational: 0 },
  // Without a serial number.
  { name: "vdb", sectors: 4096, rotational: 0 },
];

/** A BIOS machine with two processors, 32 GiB, one network interface and four disks. */
export async function fakeHardware(folder: string): Promise<FakeHardware> {
  const variables = {
    sys: join(folder, "sys"),
    proc: join(folder, "proc"),
    agent_manifest: join(folder, "agent.json"),
  };
  const put = async (path: string, content: string | Buffer) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  };
  const putSys = (path: string, content: string | Buffer) => put(join(variables.sys, path), content);

  await put(variables.agent_manifest, '{"packages":[]}');
  const processors = 'processor\t: 0\nmodel name\t: Xeon(R) "Gold"\n\nprocessor\t: 1\nmodel name\t: Xeon\n';
  await put(join(variables.proc, "cpuinfo"), processors);
  await put(join(variables.proc, "meminfo"), "MemTotal:       33554432 kB\nMemFree: 1 kB\n");
  await putSys("class/dmi/id/sys_vendor", hostile);
  await putSys("class/dmi/id/product_name", "R".repeat(400));
  await putSys("class/dmi/id/product_serial", " \n");
  await putSys("class/dmi/id/product_uuid", "00000000-0000-0000-0000-0CC47A123456\n");
  await putInterfaces(variables.sys, putSys);
  await putDisks(variables.sys, putSys);
  return { variables, putSys };
}

async function putInterfaces(sys: string, putSys: FakeHardware["putSys"]): Promise<void> {
  await putSys("class/net/eth0/address", "52:54:00:77:00:01\n");
  await putSys("class/net/eth0/type", "1\n");
  await mkdir(join(sys, "class/net/eth0/device"));
  await symlink("/sys/bus/virtio/drivers/virtio_net", join(sys, "class/net/eth0/device/driver"));
  await putSys("class/net/lo/address", "00:00:00:00:00:00\n");
  await putSys("class/net/lo/type", "772\n");
}

async function putDisks(sys: string, putSys: FakeHardware["putSys"]): Promise<void> {
  for (const { name, sectors, rotational } of disks) {
    await putSys(`block/${name}/size`, `${sectors}\n`);
    await putSys(`block/${name}/queue/rotational`, `${rotational}\n`);
    await mkdir(join(sys, `block/${name}/device`), { recursive: true });
  }
  await putSys("block/vda/serial", 'S"1\\');
  await putSys("block/nvme0n1/device/serial", "S4EWNX0R123456      \n");
  await putSys("block/nvme0c0n1/device/serial", "S4EWNX0R123456      \n");
  await putSys("block/nvme0c0n1/hidden", "1\n");
  await putSys("block/nvme0n1/hidden", "0\n");
  await putSys("block/nvme0n1/device/model", "Samsung SSD 970 EVO Plus 1TB            \n");
  await putSys("block/sda/device/vpd_pg80", Buffer.from("\u0000\u0080\u0000\u0008  WD-1234", "latin1"));
  await putSys("block/loop0/size", "8\n");
}
