import { startFixture } from "./engine.ts";
import { openJournal } from "./journal.ts";

/** A fixture as a process of its own, to be stopped and killed: `node process.ts <journal> <port>`. */
const [journal = "", port = "0"] = process.argv.slice(2);
const { nodes } = await startFixture({ ...openJournal(journal), port: Number(port) });
process.stdout.write(`${nodes[0]?.port}\n`);
