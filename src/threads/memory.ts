import { parentPort, workerData } from "node:worker_threads";
import { readBootMemory } from "../projections/boot-memory-file.ts";
import type { MemoryThreadData, MemoryThreadReport } from "../service/kept-memory.ts";

/** Reads what the packet path is to have in memory, tells it, and ends. Its other end is `readKeptMemory`. */
const { viewsDirectory } = workerData as MemoryThreadData;

const kept = readBootMemory(viewsDirectory);
const report: MemoryThreadReport = { kept };
parentPort?.postMessage(report, kept?.pieces.map(({ buffer }) => buffer) ?? []);
