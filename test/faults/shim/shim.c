/*
 * What a disk and a clock may do to a program, done to it by a library that is loaded before the C library
 * (LD_PRELOAD). Only files below the directory FAULTS_DIRECTORY are meant.
 *
 * FAULTS_CONTROL names a file with a struct control, shared with the test, which changes it while the program runs.
 * FAULTS_TRACE names a file that gets a struct record of each thing that is done to these files, in order, with what
 * was written behind it: from it, the test makes what a power cut at any moment would have left.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
  int32_t write_error; /* errno of each write; 0: none */
  int32_t sync_error;  /* errno of each fsync and fdatasync */
  int32_t sync_lies;   /* 1: a sync does nothing, and says that it did */
  int32_t read_error;  /* errno of each read */
  int64_t clock_ns;    /* added to the wall clock */
};

enum operation { OPENED = 1, WRITTEN, SYNCED, TRUNCATED, RENAMED, REMOVED, SYNC_FAILED };

struct record {
  uint8_t operation;
  uint8_t reserved[3];
  uint32_t file;   /* of which file: its inode */
  uint64_t offset; /* where; for TRUNCATED, the new length */
  uint64_t length; /* octets that follow: what was written, or a name, or both names with a 0 between */
};

#define FILES_MAX 4096

static struct control none, *control = &none;
static char directory[PATH_MAX];
static size_t directory_length;
static int trace = -1;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static uint32_t inode_of[FILES_MAX]; /* by descriptor; 0: not one of ours */

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_pread)(int, void *, size_t, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off64_t);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_gettimeofday)(struct timeval *, void *);

__attribute__((constructor)) static void begin(void) {
  real_open = dlsym(RTLD_NEXT, "open64");
  real_openat = dlsym(RTLD_NEXT, "openat64");
  real_close = dlsym(RTLD_NEXT, "close");
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_read = dlsym(RTLD_NEXT, "read");
  real_pread = dlsym(RTLD_NEXT, "pread64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_gettimeofday = dlsym(RTLD_NEXT, "gettimeofday");

  const char *name = getenv("FAULTS_DIRECTORY");
  if (name && realpath(name, directory)) directory_length = strlen(directory);
  if ((name = getenv("FAULTS_CONTROL"))) {
    int file = real_open(name, O_RDWR | O_CLOEXEC);
    void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (shared == MAP_FAILED) abort();
    control = shared;
    real_close(file);
  }
  if ((name = getenv("FAULTS_TRACE"))) trace = real_open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static int is_ours(const char *path) {
  return directory_length && strncmp(path, directory, directory_length) == 0;
}

static uint32_t file_of(int fd) {
  return fd >= 0 && fd < FILES_MAX ? inode_of[fd] : 0;
}

/* One call of write each, of which the kernel makes one piece in a file that is only appended to. */
static void tell(struct record record, const void *data) {
  if (trace < 0) return;
  char *whole = malloc(sizeof record + record.length);
  memcpy(whole, &record, sizeof record);
  memcpy(whole + sizeof record, data, record.length);
  size_t length = sizeof record + record.length;
  if (real_write(trace, whole, length) != (ssize_t)length) abort();
  free(whole);
}

static int opened(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= FILES_MAX) return fd;
  inode_of[fd] = 0;
  struct stat64 status;
  if (!is_ours(path) || fstat64(fd, &status) != 0 || !S_ISREG(status.st_mode)) return fd;
  pthread_mutex_lock(&order);
  inode_of[fd] = (uint32_t)status.st_ino;
  tell((struct record){.operation = OPENED, .file = inode_of[fd], .length = strlen(path)}, path);
  if (flags & O_TRUNC) tell((struct record){.operation = TRUNCATED, .file = inode_of[fd]}, "");
  pthread_mutex_unlock(&order);
  return fd;
}

static mode_t mode_in(int flags, va_list arguments) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return opened(real_open(path, flags, mode), path, flags);
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return opened(real_open(path, flags, mode), path, flags);
}

int close(int fd) {
  if (file_of(fd)) inode_of[fd] = 0;
  return real_close(fd);
}

static ssize_t written(int fd, ssize_t length, off64_t offset, const void *data) {
  struct record record = {.operation = WRITTEN, .file = inode_of[fd], .offset = offset, .length = length};
  if (length > 0) tell(record, data);
  return length;
}

ssize_t write(int fd, const void *data, size_t length) {
  if (!file_of(fd)) return real_write(fd, data, length);
  if (control->write_error) return errno = control->write_error, -1;
  pthread_mutex_lock(&order);
  int appends = fcntl(fd, F_GETFL) & O_APPEND;
  off64_t offset = lseek64(fd, 0, appends ? SEEK_END : SEEK_CUR);
  ssize_t result = written(fd, real_write(fd, data, length), offset, data);
  pthread_mutex_unlock(&order);
  return result;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  if (!file_of(fd)) return real_pwrite(fd, data, length, offset);
  if (control->write_error) return errno = control->write_error, -1;
  pthread_mutex_lock(&order);
  ssize_t result = written(fd, real_pwrite(fd, data, length, offset), offset, data);
  pthread_mutex_unlock(&order);
  return result;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return pwrite64(fd, data, length, offset);
}

ssize_t read(int fd, void *data, size_t length) {
  if (file_of(fd) && control->read_error) return errno = control->read_error, -1;
  return real_read(fd, data, length);
}

ssize_t pread64(int fd, void *data, size_t length, off64_t offset) {
  if (file_of(fd) && control->read_error) return errno = control->read_error, -1;
  return real_pread(fd, data, length, offset);
}

ssize_t pread(int fd, void *data, size_t length, off_t offset) {
  return pread64(fd, data, length, offset);
}

/* Told after it is done: what is written meanwhile is not yet safe. */
static int synced(int fd, int (*sync)(int)) {
  if (!file_of(fd)) return sync(fd);
  if (control->sync_lies) return 0;
  pthread_mutex_lock(&order);
  if (control->sync_error) {
    tell((struct record){.operation = SYNC_FAILED, .file = inode_of[fd]}, "");
    pthread_mutex_unlock(&order);
    return errno = control->sync_error, -1;
  }
  /* Where a trace is made nothing is ever cut off, so that the real thing would only take time. */
  int result = trace < 0 ? sync(fd) : 0;
  if (result == 0) tell((struct record){.operation = SYNCED, .file = inode_of[fd]}, "");
  pthread_mutex_unlock(&order);
  return result;
}

int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int ftruncate64(int fd, off64_t length) {
  if (!file_of(fd)) return real_ftruncate(fd, length);
  if (control->write_error) return errno = control->write_error, -1;
  pthread_mutex_lock(&order);
  int result = real_ftruncate(fd, length);
  if (result == 0) tell((struct record){.operation = TRUNCATED, .file = inode_of[fd], .offset = length}, "");
  pthread_mutex_unlock(&order);
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int rename(const char *from, const char *to) {
  if (!is_ours(to)) return real_rename(from, to);
  char names[2 * PATH_MAX];
  size_t length = (size_t)snprintf(names, sizeof names, "%s%c%s", from, 0, to);
  pthread_mutex_lock(&order);
  int result = real_rename(from, to);
  if (result == 0) tell((struct record){.operation = RENAMED, .length = length}, names);
  pthread_mutex_unlock(&order);
  return result;
}

int unlink(const char *path) {
  if (!is_ours(path)) return real_unlink(path);
  pthread_mutex_lock(&order);
  int result = real_unlink(path);
  if (result == 0) tell((struct record){.operation = REMOVED, .length = strlen(path)}, path);
  pthread_mutex_unlock(&order);
  return result;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = real_clock_gettime(clock, time);
  int is_wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  if (result != 0 || !is_wall || control->clock_ns == 0) return result;
  int64_t ns = (int64_t)time->tv_sec * 1000000000 + time->tv_nsec + control->clock_ns;
  time->tv_sec = ns / 1000000000;
  time->tv_nsec = ns % 1000000000;
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  int result = real_gettimeofday(time, zone);
  if (result != 0 || control->clock_ns == 0) return result;
  int64_t us = (int64_t)time->tv_sec * 1000000 + time->tv_usec + control->clock_ns / 1000;
  time->tv_sec = us / 1000000;
  time->tv_usec = us % 1000000;
  return result;
}
