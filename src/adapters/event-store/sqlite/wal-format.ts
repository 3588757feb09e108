/** Octets of the file's header and of a frame's (https://sqlite.org/fileformat2.html#walformat). */
export const fileHeaderBytes = 32;
export const frameHeaderBytes = 24;

/** Pages of a log have SQLite's usual size, which nothing here changes. */
export const frameBytes = frameHeaderBytes + 4_096;
